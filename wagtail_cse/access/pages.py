"""Pages and their Spaces: a page lives in the Space of the nearest page tree that covers it.

* Live pages of a Space are for those who hold `view` in it, drafts for those who hold `change`.
* Where trees stand inside each other, the outer ones must be viewable too.
* A page in no Space is the site's own business: we only say whether it is public.
"""

from __future__ import annotations

import functools
import operator
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
    step = page.steplen
    paths = [page.path[:end] for end in range(step, len(page.path) + 1, step)]
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

    Two queries at any size (the depths at which trees and restrictions stand; the pages).
    Raises `ValueError` for an unknown verb.
    """
    check_verb(verb)
    restricted = PageViewRestriction.objects.values_list("page__depth", flat=True).order_by()
    depths = sorted(set(_tree_depths().union(restricted)))
    if rights.is_superuser(user):
        outside = in_no_space(depths)
    elif verb == "view":
        public = _all(~_under(depth, PageViewRestriction.objects.all()) for depth in depths)
        outside = in_no_space(depths) & Q(live=True) & public
    else:
        outside = Q(pk__in=[])
    return Page.objects.filter(outside | in_spaces(user, verb, depths))


def _tree_depths() -> QuerySet:
    return SpacePage.objects.values_list("page__depth", flat=True).order_by()


def tree_depths() -> list[int]:
    """The depths at which page trees of Spaces stand; one query."""
    return sorted(set(_tree_depths()))


def in_no_space(depths: list[int]) -> Q:
    """Pages that no tree covers; `depths` from `tree_depths()`."""
    return _all(~_under(depth, SpacePage.objects.all()) for depth in depths)


def in_spaces(user: Any, verb: str, depths: list[int]) -> Q:
    """Pages that a tree covers and for which `user` holds `verb`; `depths` from `tree_depths()`."""

    def at(depth: int, held: str) -> Q:
        spaces = Space.objects.permitted(user, held).values("pk")
        return _under(depth, SpacePage.objects.filter(space__in=spaces))

    tree_at = {depth: _under(depth, SpacePage.objects.all()) for depth in depths}
    view_at = {depth: at(depth, "view") for depth in depths}
    inside = Q(pk__in=[])
    for depth in depths:
        nearest = at(depth, verb) & _all(~tree_at[deeper] for deeper in depths if deeper > depth)
        if verb == "view":
            nearest &= Q(live=True) | at(depth, "change")
        inside |= nearest & _all(~tree_at[upper] | view_at[upper] for upper in depths if upper < depth)
    return inside


def _under(depth: int, rows: QuerySet) -> Q:
    """Pages at or below one of the pages at `depth` that `rows` point to.

    One IN per depth: one OR term per tree breaks SQLite ("Expression tree is too large") and is slow elsewhere.
    """
    paths = rows.filter(page__depth=depth).values("page__path")
    return Q(
        pk__in=Page.objects.alias(start=Substr("path", 1, depth * Page.steplen)).filter(start__in=paths).values("pk")
    )


def _all(terms: Any) -> Q:
    return functools.reduce(operator.and_, terms, Q())
