"""Pages and their Spaces: a page lives in the Space of the nearest page tree that covers it.

* Live pages of a Space are for those who hold `view` in it, drafts for those who hold `change`.
* Where trees stand inside each other, the outer ones must be viewable too.
* A page in no Space is the site's own business: we only say whether it is public.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import swapper
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr
from wagtail.models import PageViewRestriction

from . import rights
from .models import Space, SpacePage
from .roles import VERBS, check_verb

Page = swapper.load_model("wagtailcore", "Page")


def trees_above(page: Any) -> list[SpacePage]:
    """The page trees of Spaces that cover `page`, nearest first; one query."""
    paths = [*above(page.path), page.path]
    trees = SpacePage.objects.filter(page__path__in=paths).select_related("space__parent")
    return list(trees.order_by("-page__depth"))


def space_of(page: Any) -> Space | None:
    """The Space in which `page` lives, or None for a page of the site."""
    trees = trees_above(page)
    return trees[0].space if trees else None


def page_verbs(user: Any, page: Any) -> frozenset[str]:
    """All verbs that `user` holds for `page` at this moment."""
    held = rights.of(user)
    trees = trees_above(page)
    if not trees:
        if held.is_superuser:
            return frozenset(VERBS)
        public = page.live and not page.get_view_restrictions().exists()
        return frozenset({"view"}) if public else frozenset()
    verbs = held.verbs(trees[0].space)
    if not all("view" in held.verbs(tree.space) for tree in trees[1:]):
        return frozenset()
    if not page.live and "change" not in verbs:
        verbs -= {"view"}
    return verbs


def permitted_pages(user: Any, verb: str) -> QuerySet:
    """The pages for which `user` holds `verb`; combine it with `live()` and the like.

    At most five queries at any size, four of them at once and once per request.
    Raises `ValueError` for an unknown verb.
    """
    check_verb(verb)
    with rights.remembered_here():
        if rights.is_superuser(user):
            outside = in_no_space()
        elif verb == "view":
            restricted = PageViewRestriction.objects.values_list("page__path", flat=True).order_by()
            outside = in_no_space() & Q(live=True) & ~under(restricted)
        else:
            outside = Q(pk__in=[])
        return Page.objects.filter(outside | in_spaces(user, verb))


def all_trees() -> dict[str, int]:
    """The Space's key by the path of each page tree; once per request."""
    rows = SpacePage.objects.values_list("page__path", "space_id")
    return rights.once_per_request("trees", lambda: dict(rows))


def _space_ids(user: Any, verb: str) -> set[int]:
    key = ("spaces", getattr(user, "pk", None), verb)
    spaces = Space.objects.permitted(user, verb).values_list("pk", flat=True)
    return rights.once_per_request(key, lambda: set(spaces))


def in_no_space() -> Q:
    """Pages that no tree covers."""
    return ~under(all_trees())


def in_spaces(user: Any, verb: str) -> Q:
    """Pages that a tree covers and for which `user` holds `verb`; asks the SQL face which Spaces these are."""
    reach = _nearest(user, verb)
    if verb == "view":
        reach = (reach & Q(live=True)) | _nearest(user, "change")
    return reach


def _nearest(user: Any, verb: str) -> Q:
    """Pages whose nearest tree lies in a Space with `verb`, all trees around it being viewable."""
    trees = all_trees()
    held, viewed = _space_ids(user, verb), _space_ids(user, "view")
    right = {
        path
        for path, space_id in trees.items()
        if space_id in held and all(trees[outer] in viewed for outer in above(path) if outer in trees)
    }
    reach = Q(pk__in=[])
    by_length: dict[int, set[str]] = defaultdict(set)
    for path in right:
        by_length[len(path)].add(path)
    for paths in by_length.values():
        inner = {path for path in trees if any(outer in paths for outer in above(path))}
        reach |= under(paths) & ~under(inner) if inner else under(paths)
    return reach


def above(path: str) -> list[str]:
    """The paths of the pages above, root first."""
    return [path[:end] for end in range(Page.steplen, len(path), Page.steplen)]


def under(paths: Iterable[str]) -> Q:
    """Pages at or below one of the pages with these paths.

    One IN per depth, as a subquery on keys: one OR term per path breaks SQLite ("Expression tree is too large") and
    is slow elsewhere, and Wagtail's search takes no expressions.
    """
    by_length: dict[int, list[str]] = defaultdict(list)
    kept: set[str] = set()
    for path in sorted(set(paths), key=len):
        if not any(outer in kept for outer in above(path)):
            kept.add(path)
            by_length[len(path)].append(path)
    reach = Q(pk__in=[])
    for length, starts in by_length.items():
        pages = Page.objects.alias(start=Substr("path", 1, length)).filter(start__in=starts)
        reach |= Q(pk__in=pages.values("pk"))
    return reach
