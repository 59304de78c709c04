"""Reactions to what happens to people, groups and memberships outside of our own actions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models import signals
from django.utils.translation import gettext as _
from wagtail.models import AbstractPage
from wagtail.signals import copy_for_translation_done, post_page_move, pre_page_move

from wagtail_cse.core.exceptions import NotAllowed

from . import rights
from .models import Membership, Party, Space
from .pages import space_of, trees_above
from .parties import membership_changed, membership_removed, party_changed
from .recompute import bump, concerned, once, recompute, writing

#: Set on a request by a logout; the middleware raises the epochs once the session is really gone.
LOGGED_OUT = "_cse_access_logged_out"


def connect() -> None:
    """Called once, by `AppConfig.ready()`."""
    user_model = get_user_model()
    signals.post_init.connect(user_read, sender=user_model, dispatch_uid="cse_access_user_read")
    signals.post_save.connect(user_saved, sender=user_model, dispatch_uid="cse_access_user_saved")
    signals.pre_delete.connect(user_deleted, sender=user_model, dispatch_uid="cse_access_user_deleted")
    signals.m2m_changed.connect(
        groups_changed,
        sender=user_model._meta.get_field("groups").remote_field.through,
        dispatch_uid="cse_access_groups",
    )
    # A child model (members.Seat) sends its own post_save only; so every sender, and a look at the instance.
    signals.post_save.connect(row_saved, dispatch_uid="cse_access_row_saved")
    signals.post_delete.connect(membership_deleted, sender=Membership, dispatch_uid="cse_access_membership_deleted")
    copy_for_translation_done.connect(page_translated, dispatch_uid="cse_access_page_translated")
    pre_page_move.connect(page_moving, dispatch_uid="cse_access_page_moving")
    post_page_move.connect(page_moved, dispatch_uid="cse_access_page_moved")
    user_logged_out.connect(logged_out, dispatch_uid="cse_access_logged_out")


def _state(user: Any) -> tuple[Any, ...]:
    # From __dict__: a deferred field must not be fetched here.
    return tuple(user.__dict__.get(name) for name in ("is_active", "is_superuser", "password"))


def user_read(instance: Any, **kwargs: Any) -> None:
    instance._cse_access_state = _state(instance)


def user_saved(instance: Any, created: bool, **kwargs: Any) -> None:
    """Deactivated, superuser taken away, password changed: open connections must ask again."""
    before = getattr(instance, "_cse_access_state", None)
    instance._cse_access_state = _state(instance)
    if not created and before != instance._cse_access_state:
        person_changed(instance)


def person_changed(user: Any) -> None:
    """Raise the epochs of all Spaces in which `user` may have something open."""
    rights.forget()
    if user.is_superuser:
        bump(Space.objects.values_list("pk", flat=True), users=[user.pk])
        return
    open_to_all = Space.objects.filter(visibility="public").values_list("pk", flat=True)
    bump(concerned(users=[user.pk], members=True).union(open_to_all), users=[user.pk])


def user_deleted(instance: Any, **kwargs: Any) -> None:
    person_changed(instance)


def groups_changed(instance: Any, action: str, reverse: bool, pk_set: set[Any] | None, **kwargs: Any) -> None:
    """Somebody edited the groups of a person, or the people of a group, by hand (or we did)."""
    if writing() or action not in {"post_add", "post_remove", "pre_clear", "post_clear"}:
        return
    if action in {"post_add", "post_remove"}:
        groups, people = ([instance.pk], pk_set) if reverse else (pk_set, {instance.pk})
        _regroup(set(groups or ()), set(people or ()))
    elif action == "pre_clear":
        field = "pk" if reverse else "user"
        cleared = Group.objects.filter(**{field: instance.pk})
        instance._cse_access_cleared = set(cleared.values_list("pk", flat=True))
    else:
        _regroup(instance.__dict__.pop("_cse_access_cleared", set()), set() if reverse else {instance.pk})


def _regroup(groups: set[Any], people: set[Any]) -> None:
    ids = set(Space.objects.filter(audience__in=groups).values_list("pk", flat=True))
    parties = list(Party.objects.filter(group__in=groups).values_list("pk", flat=True))
    if parties:
        ids |= concerned(parties=parties, users=people, members=True)
    if ids:
        recompute(*ids, users=people)


def page_translated(source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A page of a Space in another language lives in the same Space."""
    if isinstance(target_obj, AbstractPage):
        keep_in_space(source_obj, target_obj)


def keep_in_space(source: Any, target: Any) -> None:
    """Put `target` (translation or alias of `source`) into the Space of `source`, unless a tree there covers it."""
    from .actions import AttachPage

    space = space_of(source)
    if space is None or space_of(target) == space:
        return
    AttachPage(space=space, page=target).execute()


def page_moving(instance: Any, parent_page_after: Any, **kwargs: Any) -> None:
    """A page of a Space never leaves it by a move: outside it would be public at once."""
    trees = trees_above(instance)
    target = trees_above(parent_page_after)
    space = target[0].space_id if target else None
    if not trees and space is None:
        return
    own_tree = bool(trees) and trees[0].page_id == instance.pk
    here = trees[0].space_id if trees else None
    if here != space and not (own_tree and (space is None or space == trees[0].space.parent_id)):
        raise NotAllowed(_("A page cannot be moved into a space or out of it."))


def page_moved(**kwargs: Any) -> None:
    rights.forget()


def row_saved(sender: Any, instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    if isinstance(instance, Membership):
        with transaction.atomic(), once():
            if created:
                instance.party.group.user_set.add(instance.user_id)  # type: ignore[arg-type]  # any key type
            membership_changed(instance.party_id, instance.user_id)
    elif isinstance(instance, Party) and not created:
        fields = kwargs.get("update_fields")
        if fields is None or "is_active" in fields:
            party_changed(instance.pk)
    elif isinstance(instance, AbstractPage) and created and instance.alias_of_id:
        # An alias can stand anywhere in the tree; it shows the same words.
        keep_in_space(instance.alias_of, instance)


def membership_deleted(instance: Membership, **kwargs: Any) -> None:
    with transaction.atomic(), once():
        membership_removed(instance.party_id, instance.user_id)


def logged_out(request: Any, user: Any, **kwargs: Any) -> None:
    """The session is deleted only after this signal; see the middleware."""
    if user is None or not user.pk:
        return
    if getattr(request, "_cse_access_middleware", False):
        setattr(request, LOGGED_OUT, user)
    else:
        transaction.on_commit(lambda: person_changed(user))
