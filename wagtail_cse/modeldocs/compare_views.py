"""What changed between two versions, or since one of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wagtail_cse.access.policies import verbs
from wagtail_cse.coedit.models import Version

from . import comparison
from .comparison import DRAFT, Side
from .drafting_views import crumbs, load
from .models import ModelDocument
from .version_views import load_version, versions_crumb

#: Ways to show it; without one in the address the width of the screen decides.
SHOWN = ("side", "one", "who")


@never_cache
@login_required
@require_safe
def compare(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """`?old=` a version number (default: the last named one), `?new=` another or "draft", `?show=` how."""
    model_document = load(request, uuid)
    choices = list(Version.objects.filter(document=model_document.document_id).listed())
    shown = request.GET.get("show", "")
    context: dict[str, Any] = {
        "model_document": model_document,
        "crumbs": crumbs(model_document, versions_crumb(model_document)),
        "choices": choices,
        "shown": shown if shown in SHOWN else "",
        "may_change": "change" in verbs(request.user, model_document),
    }
    if choices:
        old, new = _sides(request, model_document, choices)
        found = comparison.sections(model_document.document, old, new)
        context |= {
            "old": old,
            "new": new,
            "changed": [one for one in found if one.changed],
            "same": [one for one in found if not one.changed],
            "summary": comparison.summary(found),
            "heading": _heading(old, new),
            "tabs": _tabs(old, new, context["shown"] or "side"),
            "tabs_narrow": _tabs(old, new, context["shown"] or "one"),
        }
    return render(request, "wagtail_cse/modeldocs/version_compare.html", context)


def _sides(request: HttpRequest, model_document: ModelDocument, choices: list[Version]) -> tuple[Side, Side]:
    """The two states, the older one first, whatever order the address has."""
    kept = [version for version in choices if version.kind != Version.Kind.AUTOMATIC]
    default = (kept or choices)[0].number
    old = _side(model_document, request.GET.get("old") or str(default))
    new = _side(model_document, request.GET.get("new") or DRAFT)
    return (new, old) if old.version is None or (new.version and new.seq < old.seq) else (old, new)


def _side(model_document: ModelDocument, key: str) -> Side:
    if key == DRAFT:
        return comparison.side_of(model_document.document, None)
    if not key.isascii() or not key.isdigit() or len(key) > 9:
        raise Http404
    return comparison.side_of(model_document.document, load_version(model_document, int(key)))


def _heading(old: Side, new: Side) -> str:
    if old.version is None:
        return _("What has changed")
    if new.version is None:
        return _("What changed since version %(number)d") % {"number": old.version.number}
    values = {"old": old.version.number, "new": new.version.number}
    return _("What changed from version %(old)d to version %(new)d") % values


def _tabs(old: Side, new: Side, current: str) -> list[dict[str, Any]]:
    labels = {"side": _("Side by side"), "one": _("In one text"), "who": _("Only who and when")}
    return [
        {"label": label, "url": f"?old={old.key}&new={new.key}&show={name}", "current": name == current}
        for name, label in labels.items()
    ]
