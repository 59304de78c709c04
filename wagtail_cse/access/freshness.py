"""Audience groups know no time. Where Wagtail asks only them, they are made fresh just before.

A grant that starts or ends by the clock is no event; both faces of the rule judge it themselves. Wagtail's REST APIs
ask nothing but the groups: before they run for a signed-in person, Spaces whose audience is behind are recomputed.
"""

from __future__ import annotations

from typing import Any

from .models import Space
from .recompute import recompute
from .roles import Visibility


def concerns(view: Any) -> bool:
    """Whether `view` belongs to Wagtail's API v2 or v3, the site's subclasses included."""
    view_class = getattr(view, "cls", None)
    if view_class is not None:
        return any(base.__module__.startswith("wagtail.api") for base in view_class.__mro__)
    return getattr(view, "__module__", "").startswith("ninja.")


def tidy(user: Any) -> None:
    """Recompute the Spaces in whose audience group `user` is and should not be, or is not and should."""
    if user is None or not user.is_authenticated or user.is_superuser:
        return
    private = Space.objects.exclude(visibility=Visibility.PUBLIC).filter(audience__isnull=False)
    inside = set(private.filter(audience__user=user).values_list("pk", flat=True))
    rightly = set(private.permitted(user, "view").exclude(visibility=Visibility.NETWORK).values_list("pk", flat=True))
    behind = _stale(inside, user) | (rightly - inside)
    if behind:
        recompute(*behind, users=[user.pk])


def _stale(inside: set[int], user: Any) -> set[int]:
    return inside - set(Space.objects.permitted(user, "view").values_list("pk", flat=True)) if inside else set()


def refresh(user: Any, space: Space) -> None:
    """Before a page of `space` is sent to `user`, who may view it: Wagtail's restriction must agree."""
    if not user.is_authenticated or user.is_superuser or space.visibility == Visibility.PUBLIC:
        return
    groups = {space.audience_id}
    stale = [space]
    if space.visibility == Visibility.NETWORK:
        network = Space.objects.filter(kind="network").first()
        if network is not None:
            groups.add(network.audience_id)
            stale.append(network)
    if space.parent is not None:
        refresh(user, space.parent)
    if None in groups or not user.groups.filter(pk__in=groups).exists():
        recompute(*stale, users=[user.pk])
