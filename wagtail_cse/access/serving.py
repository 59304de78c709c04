"""What visitors get: pages and documents of a Space only with `view`; otherwise the 404 of what does not exist."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from . import freshness
from .collection_policy import space_id_of
from .models import Space
from .pages import trees_above
from .policies import can


def before_serve_page(page: Any, request: Any, args: Any, kwargs: Any) -> None:
    """Runs before Wagtail's own check, which would send an outsider to the sign-in page and so tell him."""
    trees = trees_above(page)
    if not trees:
        return
    if not can(request.user, "view", page):
        raise Http404
    for tree in trees:
        freshness.refresh(request.user, tree.space)


def before_serve_document(document: Any, request: Any) -> None:
    space_id = space_id_of(document.collection)
    if space_id is None:
        return
    space = Space.objects.select_related("parent").get(pk=space_id)
    if not can(request.user, "view", space):
        raise Http404
    freshness.refresh(request.user, space)
