"""What fixtures, raw SQL, the clock or a hand in the database left different from the grants; and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from .handlers import keep_in_space
from .models import Membership, Party, PrivateFile, Space, SpacePage
from .page_policy import nearest_tree
from .pages import Page, all_trees
from .recompute import recompute


@dataclass(frozen=True)
class Drift:
    """One difference. `text` names keys, not people or titles: it may end in a log."""

    text: str
    repaired: bool


def find(*, repair: bool = False) -> Iterator[Drift]:
    """All differences; with `repair` each is put right, in its own transaction."""
    yield from _groups(repair)
    yield from _translations(repair)
    for pk in Space.objects.order_by("pk").values_list("pk", flat=True):
        yield from _space(pk, repair)
    yield from _strays()
    yield from _files()


class _Undo(Exception):
    pass


def _space(pk: int, repair: bool) -> Iterator[Drift]:
    """Recompute and look whether anything changed; without `repair` undo it."""
    before = _picture(pk)
    changed = False
    try:
        with transaction.atomic():
            recompute(pk)
            changed = _picture(pk) != before
            if not (repair and changed):
                raise _Undo
    except _Undo:
        pass
    if changed:
        key = Space.objects.values_list("key", flat=True).get(pk=pk)
        yield Drift(f"space {key}: permission rows, audience or restrictions differ from the grants", repair)


def _picture(pk: int) -> Any:
    space = Space.objects.select_related("audience").get(pk=pk)
    users = get_user_model()._default_manager
    restrictions = PageViewRestriction.objects.filter(page__cse_space_tree__space=space)
    return (
        set(space.spaceuserpermission_set.values_list("user_id", "permission_id")),
        set(space.spacegrouppermission_set.values_list("group_id", "permission_id")),
        set(users.filter(groups=space.audience_id).values_list("pk", flat=True)) if space.audience_id else None,
        sorted(restrictions.values_list("page_id", "restriction_type", "groups"), key=str),
        sorted(space.collection.view_restrictions.values_list("restriction_type", "groups"), key=str)
        if space.collection_id
        else None,
    )


def _groups(repair: bool) -> Iterator[Drift]:
    """People in a party's group without a membership that still runs. (Who was taken out by hand stays out.)"""
    now = timezone.now()
    for party in Party.objects.select_related("group").order_by("pk"):
        running = Membership.objects.filter(party=party).exclude(expires__lte=now).values("user")
        extra = list(party.group.user_set.exclude(pk__in=running))
        if extra:
            if repair:
                party.group.user_set.remove(*extra)
            yield Drift(f"party {party.key}: {len(extra)} people in its group without a membership", repair)


def _translations(repair: bool) -> Iterator[Drift]:
    """Translations and aliases of pages of a Space that no tree of that Space covers."""
    trees = SpacePage.objects.select_related("page", "space").order_by("pk")
    for tree in list(trees):
        for other in Page.objects.filter(translation_key=tree.page.translation_key).exclude(pk=tree.page_id):
            if nearest_tree(other) is None:
                if repair:
                    keep_in_space(tree.page, other)
                yield Drift(f"page {other.pk}: a translation outside of space {tree.space.key}", repair)
    for alias in Page.objects.filter(alias_of__isnull=False).select_related("alias_of"):
        if nearest_tree(alias.alias_of) is not None and nearest_tree(alias) is None:
            if repair:
                keep_in_space(alias.alias_of, alias)
            yield Drift(f"page {alias.pk}: an alias outside of the space of its source", repair)


def _strays() -> Iterator[Drift]:
    """Restrictions with an audience group on pages of no Space (copies): they fail closed, a person must decide."""
    covered = all_trees()
    rows = PageViewRestriction.objects.filter(groups__name__startswith="cse:audience:").distinct()
    for row in rows.select_related("page"):
        if row.page.path not in covered:
            yield Drift(f"page {row.page_id}: restricted to a space in which it does not live", False)


def _files() -> Iterator[Drift]:
    for row in PrivateFile.objects.order_by("pk").iterator():
        if not row.file.storage.exists(str(row.file.name)):
            yield Drift(f"file {row.uuid}: missing in the storage", False)
