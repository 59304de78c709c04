"""Stock wagtail-localize publishes a page whose missing parts are in the original language: here it may not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from wagtail import hooks

from . import localize
from .actions import incomplete
from .page_mixins import WholeTranslationMixin


@hooks.register("before_edit_page", order=-10)
def refuse_half_translation(request: HttpRequest, page: Any) -> HttpResponse | None:
    """The editor's publish button, before wagtail-localize sees it."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    specific = page.specific
    translation = localize.translation_of(specific) if isinstance(specific, WholeTranslationMixin) else None
    if translation is None:
        return None
    total, done = translation.get_progress()
    if done >= total:
        return None
    messages.error(request, incomplete(total - done))
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_admin_urls", order=-10)
def update_url() -> list[Any]:
    """The same address as wagtail-localize's own, found first."""
    if not localize.installed():
        return []
    from .update_view import UpdateWholeTranslationsView

    return [
        path(
            "localize/update/<int:translation_source_id>/",
            UpdateWholeTranslationsView.as_view(),
            name="cse_languages_update_translations",
        )
    ]
