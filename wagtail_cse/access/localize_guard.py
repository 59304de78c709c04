"""The holes of wagtail-localize 1.14: views that ask one global permission, or none.

`submit` and `update` let any holder of the global permission translate, re-synchronise *and publish* private pages;
the report lists all translations of the site. Imported only where wagtail-localize is installed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from wagtail_cse.core.exceptions import NotAllowed

from . import rights
from .page_policy import nearest_tree
from .pages import Page, page_verbs

MISSING = 0


def _need(user: Any, verb: str, page: Any) -> bool:
    """False: hide it. Raises `NotAllowed` for who may view the page but does not hold `verb`."""
    if page is None or nearest_tree(page) is None or rights.is_superuser(user):
        return True
    held = page_verbs(user, page)
    if verb in held:
        return True
    if "view" in held:
        raise NotAllowed(_("Your role here does not include translating this page."))
    return False


def submit(request: Any, kwargs: dict[str, Any]) -> None:
    page = Page.objects.filter(pk=kwargs["page_id"]).first()
    if not _need(request.user, "change", page):
        kwargs["page_id"] = MISSING


def _source_page(source: Any) -> Any:
    return Page.objects.filter(translation_key=source.object_id, locale_id=source.locale_id).first()


def update(request: Any, kwargs: dict[str, Any]) -> None:
    from wagtail_localize.models import TranslationSource

    source = TranslationSource.objects.filter(pk=kwargs["translation_source_id"]).first()
    # It can publish in the same step, so that is what must be held.
    if source is not None and not _need(request.user, "publish", _source_page(source)):
        kwargs["translation_source_id"] = MISSING


def translation(request: Any, kwargs: dict[str, Any]) -> None:
    from wagtail_localize.models import Translation

    row = Translation.objects.select_related("source").filter(pk=kwargs["translation_id"]).first()
    if row is not None and not _need(request.user, "change", _source_page(row.source)):
        kwargs["translation_id"] = MISSING


def report(request: Any, kwargs: dict[str, Any], results_only: bool = False) -> HttpResponseBase | None:
    if rights.is_superuser(request.user):
        return None
    from wagtail_localize.views.report import TranslationsReportView

    from .guard import hidden_pages

    class PermittedReport(TranslationsReportView):
        def get_queryset(self) -> Any:
            hidden = hidden_pages(self.request.user).values("translation_key")
            return super().get_queryset().exclude(source__object__in=hidden)

    return require_admin_access(PermittedReport.as_view(results_only=results_only))(request)


def report_results(request: Any, kwargs: dict[str, Any]) -> HttpResponseBase | None:
    return report(request, kwargs, results_only=True)


RULES: dict[str, Callable[[Any, dict[str, Any]], HttpResponseBase | None]] = {
    "wagtail_localize:submit_page_translation": submit,
    "wagtail_localize:translations_report": report,
    "wagtail_localize:translations_report_results": report_results,
}
RULES_BY_KEY: dict[str, Callable[[Any, dict[str, Any]], None]] = {
    "translation_source_id": update,
    "translation_id": translation,
}
