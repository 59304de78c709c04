"""Wagtail's image, document and collection permissions, wrapped: in a Space's collection its roles decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Collection

from . import rights
from .models import Space

#: Wagtail's actions in a collection by the verb that carries them.
ACTION_VERB = {"choose": "view", "add": "change", "change": "change", "delete": "change"}


def space_paths() -> dict[str, int]:
    """Paths of the collections of all Spaces, with the Space's key; once per request."""
    rows = Space.objects.filter(collection__isnull=False).values_list("collection__path", "pk")
    return rights.once_per_request("collections", lambda: dict(rows))


def space_id_of(collection: Any) -> int | None:
    """The Space to which `collection` belongs, or None."""
    paths = space_paths()
    for end in range(len(collection.path), 0, -Collection.steplen):
        if collection.path[:end] in paths:
            return paths[collection.path[:end]]
    return None


def _below(paths: Iterable[str]) -> Q:
    # Collections of Spaces hang directly below the root and have no further ones, unless somebody makes some.
    reach = Q(path__in=list(paths))
    for path in paths:
        if _has_children(path):
            reach |= Q(path__startswith=path)
    return reach


def _has_children(path: str) -> bool:
    parents = rights.once_per_request(
        "collection parents",
        lambda: set(Collection.objects.filter(numchild__gt=0).values_list("path", flat=True)),
    )
    return path in parents


class SpaceCollectionPolicy:
    """Stands in front of a policy with Wagtail's `CollectionPermissionLookupMixin`; see `wrap`."""

    def _spaces(self, user: Any, actions: Iterable[str]) -> QuerySet:
        verbs = [ACTION_VERB[action] for action in actions if action in ACTION_VERB]
        if not verbs:
            return Space.objects.none()
        return Space.objects.permitted(user, "view" if "view" in verbs else "change")

    def _space_ids(self, user: Any, actions: Iterable[str]) -> set[int]:
        actions = frozenset(actions)
        spaces = self._spaces(user, actions).filter(collection__isnull=False)
        return rights.once_per_request(
            ("collections", user.pk, actions), lambda: set(spaces.values_list("pk", flat=True))
        )

    def _check_perm(self, user: Any, actions: Iterable[str], collection: Any = None) -> bool:
        if not (user.is_active and user.is_authenticated):
            return False
        if user.is_superuser:
            return True
        if collection is None:
            return super()._check_perm(user, actions) or bool(self._space_ids(user, actions))
        space_id = space_id_of(collection)
        if space_id is None:
            return super()._check_perm(user, actions, collection)
        return space_id in self._space_ids(user, actions)

    def _collections_with_perm(self, user: Any, actions: Iterable[str]) -> QuerySet:
        if not (user.is_active and user.is_authenticated):
            return Collection.objects.none()
        paths = space_paths()
        mine = self._space_ids(user, actions)
        site = super()._collections_with_perm(user, actions)
        site = Q(pk__in=site.values("pk")) & ~_below(paths)
        return Collection.objects.filter(site | _below([path for path, pk in paths.items() if pk in mine]))

    def _descendants_with_perm(self, user: Any, action: str) -> QuerySet:
        # Only the management policy has it: who may delete a collection. A Space's own goes with the Space.
        return super()._descendants_with_perm(user, action).exclude(_below(space_paths()))


class SpaceCollectionManagementPolicy(SpaceCollectionPolicy):
    """For collections themselves: those of Spaces are made, named and closed by actions, never by hand."""

    def _space_ids(self, user: Any, actions: Iterable[str]) -> set[int]:
        return set()


def wrap(policy: Any, mixin: type = SpaceCollectionPolicy) -> Any:
    """`policy` with the Spaces in front of it."""
    if isinstance(policy, SpaceCollectionPolicy):
        return policy
    inner = type(policy)
    wrapped = object.__new__(type(f"Space{inner.__name__}", (mixin, inner), {}))
    wrapped.__dict__.update(policy.__dict__)
    return wrapped
