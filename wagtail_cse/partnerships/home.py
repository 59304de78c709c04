"""What partnerships put on the home page and into the menu of the site."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from . import next_steps as steps_module
from . import page_models
from .models import Partnership
from .tabs import workspace_url


def landing(space: Any, user: Any) -> str | None:
    """Where somebody lands who accepted an invitation to a workspace."""
    partnership = Partnership.objects.filter(space=space).first()
    return workspace_url(partnership) if partnership is not None else None


def next_steps(request: HttpRequest) -> list[dict[str, Any]]:
    """Rows for `slots.collect("home_next_steps", request)`: what is due in all partnerships of the reader.

    Each row is a dict as in `elements/next_step.html`, with `place` and `place_url` (the workspace), `by` (date or
    None), `rank` and `visibility`.
    """
    if not request.user.is_authenticated:
        return []
    partnerships = list(Partnership.objects.for_list(request.user).open())
    if not partnerships:
        return []
    reader = steps_module.reader_of(request, partnerships)
    found = steps_module.for_reader(partnerships, reader)
    titles = page_models.titles(partnerships, get_language() or "")
    return [
        {
            "state": step.state,
            "label": step.label,
            "text": step.text,
            "meta": step.meta,
            "url": step.url,
            "action": step.action,
            "by": step.by,
            "rank": step.rank,
            "place": titles.get(partnership.pk, partnership.title),
            "place_url": workspace_url(partnership),
        }
        for partnership in partnerships
        for step in found[partnership.pk]
        if step.state != steps_module.NONE
    ]


def running(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The reader's running partnerships for the home page; None for who has none."""
    from .views.lists import rows_of

    request = context["request"]
    rows = rows_of(request, list(Partnership.objects.for_list(request.user).open()))
    return {"running": rows} if rows else None


def nav(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The link to the list, for people who are signed in."""
    request = context.get("request")
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    url = reverse("cse_partnerships:list")
    return {"partnerships_url": url, "partnerships_current": "/partnerships/" in request.path}
