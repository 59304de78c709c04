"""Wagtail's page permissions, wrapped: in a Space's trees its roles decide, elsewhere the policy found here before.

A site's own policy class stays in charge of the site's pages; ours is a subclass of it, made when the apps are
ready. Inside a tree of a Space nobody gets anything from a group page permission further up: an "Editors" group with
rights on the root must not read a partnership's drafts. Superusers stay superusers.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.contrib.auth import get_permission_codename, get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from . import rights
from .models import Space, SpacePage
from .pages import Page, above, all_trees, in_no_space, in_spaces, page_verbs, space_of, under
from .recompute import viewers_with

#: Wagtail's actions on pages by the verb that carries them.
ACTION_VERB = {
    "add": "change",
    "change": "change",
    "lock": "change",
    "delete": "change",
    "publish": "publish",
    "unlock": "publish",
    "bulk_delete": "manage",
}
_EXPLORE = ("add", "change", "publish", "lock", "unlock", "bulk_delete")


@dataclass(frozen=True)
class SpaceRow:
    """Looks like a GroupPagePermission; comes from a role in a Space."""

    page: Any
    codename: str

    @property
    def page_id(self) -> int:
        return self.page.pk

    @property
    def permission(self) -> Any:
        return SimpleNamespace(codename=self.codename)


def weakest_verb(actions: Iterable[str]) -> str | None:
    """The verb that is enough for any of `actions`; None when no role carries them."""
    verbs = [ACTION_VERB[action] for action in actions if action in ACTION_VERB]
    return min(verbs, key=["change", "publish", "manage"].index, default=None)


def space_rows(user: Any) -> list[SpaceRow]:
    """What the roles of `user` give in Wagtail's terms, one row per tree and action; once per request."""
    if not (user.is_authenticated and user.is_active) or user.is_superuser:
        return []
    return rights.once_per_request(("page rows", user.pk), lambda: _space_rows(user))


def _space_rows(user: Any) -> list[SpaceRow]:
    trees = SpacePage.objects.filter(space__in=Space.objects.permitted(user, "change").values("pk"))
    held = rights.of(user)
    return [
        SpaceRow(tree.page, get_permission_codename(action, Page._meta))
        for tree in trees.select_related("page", "space__parent").order_by("pk")
        for action, verb in ACTION_VERB.items()
        if verb in held.verbs(tree.space) and action != "delete"
    ]


def nearest_tree(page: Any) -> str | None:
    """The path of the tree that covers `page`, or None; reads all trees once per request."""
    trees = all_trees()
    return next((path for path in (page.path, *reversed(above(page.path))) if path in trees), None)


def _stock(method: Any) -> bool:
    return getattr(PagePermissionPolicy, method.__name__) is method.__func__


class SpacePagePolicy:
    """Stands in front of a subclass of Wagtail's `PagePermissionPolicy`; see `wrap`."""

    permission_cache_name = ""
    _explorable_root_instance_cache_name = "_cse_explorable_root_page"
    _bound_to: Any = None

    def __call__(self, page: Any) -> Any:
        """Wagtail's registry calls a policy that can be called: one that knows which page it is asked about."""
        bound = copy.copy(self)
        bound._bound_to = page
        return bound

    def get_cached_permissions_for_user(self, user: Any) -> list[Any]:
        site_rows = rights.once_per_request(
            (type(self).__name__, "site rows", user.pk),
            lambda: list(super(SpacePagePolicy, self).get_all_permissions_for_user(user)),
        )
        if self._bound_to is None:
            return [*site_rows, *space_rows(user)]
        tree = nearest_tree(self._bound_to)
        if tree is None:
            return site_rows
        return [row for row in space_rows(user) if row.page.path == tree]

    def get_all_permissions_for_user(self, user: Any) -> list[Any]:
        return [*super().get_all_permissions_for_user(user), *space_rows(user)]

    def user_has_any_permission_for_instance(self, user: Any, actions: Iterable[str], instance: Any) -> bool:
        if not user.is_active:
            return False
        if user.is_superuser:
            return True
        if instance is None or nearest_tree(instance) is None:
            return super().user_has_any_permission_for_instance(user, actions, instance)
        verb = weakest_verb(actions)
        return verb is not None and verb in page_verbs(user, instance)

    def _site_instances(self, user: Any, actions: set[str]) -> Q:
        """What the site's policy gives; the stock one is rebuilt: it makes one OR term per row."""
        if not _stock(super().instances_user_has_any_permission_for):
            own = super().instances_user_has_any_permission_for(user, actions)
            return Q(pk__in=own.values("pk"))
        rows = super().get_all_permissions_for_user(user)
        codenames = self._get_permission_codenames(actions)
        owned = "change" in actions and "add" not in actions
        add = self._get_permission_codename("add")
        reach = under(row.page.path for row in rows if row.permission.codename in codenames)
        if owned:
            reach |= under(row.page.path for row in rows if row.permission.codename == add) & Q(owner=user)
        return reach

    def _reach(self, user: Any, actions: Iterable[str]) -> Q:
        actions = set(actions)
        verb = weakest_verb(actions)
        reach = self._site_instances(user, actions) & in_no_space()
        return reach if verb is None else reach | in_spaces(user, verb)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        if user.is_anonymous:
            return self.model._default_manager.none()
        return self.model._default_manager.filter(pk__in=Page.objects.filter(self._reach(user, actions)).values("pk"))

    def explorable_instances(self, user: Any) -> QuerySet:
        base = self._base_queryset_for_user(user)
        if base is not None:
            return base
        rows = self.get_cached_permissions_for_user(user) if user.is_authenticated else []
        if not rows:
            return self.model._default_manager.none()
        pages = {row.page_id: row.page for row in rows}.values()
        root = self.model.base_page_model.objects.first_common_ancestor_of(list(pages))
        above = {page.path[:end] for page in pages for end in range(len(root.path), len(page.path), Page.steplen)}
        # The way down to what one may edit; a page of a Space on that way only for who may view it.
        way = Q(path__in=above) & (in_no_space() | in_spaces(user, "view"))
        reach = self._reach(user, _EXPLORE) | way
        if not _stock(super().explorable_instances):
            reach |= Q(pk__in=super().explorable_instances(user).values("pk")) & in_no_space()
        reach = Page.objects.filter(reach)
        return self.model._default_manager.filter(pk__in=reach.values("pk"))

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any, include_superusers: bool = True
    ) -> QuerySet:
        space = space_of(instance)
        if space is None:
            return super().users_with_any_permission_for_instance(actions, instance, include_superusers)
        verb = weakest_verb(actions)
        reach = Q(pk__in=viewers_with(space, verb) if verb else [])
        if include_superusers:
            reach |= Q(is_superuser=True)
        return get_user_model()._default_manager.filter(reach, is_active=True)


def wrap(policy: Any) -> Any:
    """`policy` (an instance of a subclass of Wagtail's `PagePermissionPolicy`) with the Spaces in front of it."""
    if isinstance(policy, SpacePagePolicy):
        return policy
    inner = type(policy)
    wrapped = object.__new__(type(f"Space{inner.__name__}", (SpacePagePolicy, inner), {}))
    wrapped.__dict__.update(policy.__dict__)
    return wrapped
