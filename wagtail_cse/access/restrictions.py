"""Wagtail's own view restrictions, so that sitemap, API and listings of the site obey the Space.

Every page tree and the collection of a Space that is not public carries one restriction of type "groups" with the
audience group; a Space open to the network adds the network's audience group. Wagtail adds restrictions up along
the tree, so a room below its parent's page needs both.
"""

from __future__ import annotations

from typing import Any, cast

from wagtail.models import CollectionViewRestriction, PageViewRestriction

from .models import Space
from .roles import Visibility


def restrict(space: Space) -> bool:
    """Make the restrictions of `space` what they must be; returns whether any was wrong."""
    wanted = _groups(space)
    wrong = False
    for page_id in space.trees.values_list("page_id", flat=True):
        wrong |= _write(PageViewRestriction, "page_id", page_id, wanted)
    if space.collection_id is not None:
        wrong |= _write(CollectionViewRestriction, "collection_id", space.collection_id, wanted)
    return wrong


def _groups(space: Space) -> set[int] | None:
    """Keys of the groups that may see it; None: everybody."""
    if space.visibility == Visibility.PUBLIC:
        return None
    groups: set[int] = {cast(int, space.audience_id)}  # every private Space has one
    if space.visibility == Visibility.NETWORK:
        groups.update(
            Space.objects.filter(kind="network", audience__isnull=False).values_list("audience_id", flat=True)
        )
    return groups


def _write(model: Any, target: str, target_id: int, wanted: set[int] | None) -> bool:
    rows = list(model.objects.filter(**{target: target_id}).order_by("pk").prefetch_related("groups"))
    if wanted is None:
        # Only what is ours: a site may restrict a public Space's page in its own way.
        ours = [row for row in rows if any(group.name.startswith("cse:audience:") for group in row.groups.all())]
        for row in ours:
            row.delete()
        return bool(ours)
    row, *others = rows or [model(**{target: target_id})]
    for other in others:
        other.delete()
    right = row.pk is not None and row.restriction_type == model.GROUPS and not others
    if not right:
        row.restriction_type = model.GROUPS
        row.password = ""
        row.save()
    if {group.pk for group in row.groups.all()} != wanted:
        row.groups.set(wanted)
        right = False
    return not right
