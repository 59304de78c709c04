"""From the grants to everything that is computed of them: guardian's rows, audience groups, epochs.

One function, one transaction, under the Space's row lock. Time is no event: what stands here is right at the moment
of the last change; both faces of the rule judge time themselves, and `cse_access check --repair` tidies up.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from . import restrictions, rights
from .models import Grant, Membership, Space, SpaceGroupPermission, SpaceUserPermission
from .roles import READ_ONLY_VERBS, ROLE_VERB, VERBS, Visibility, codename, roles_with, verbs_up_to
from .signals import rights_changed

AUDIENCE_PREFIX = "cse:audience:"


def lock(spaces: Iterable[Space | int]) -> list[Space]:
    """Lock the rows of `spaces` and of their rooms, lowest key first (parents are older than their rooms)."""
    ids = {space if isinstance(space, int) else space.pk for space in spaces}
    rows = Space.objects.select_for_update().filter(Q(pk__in=ids) | Q(parent_id__in=ids))
    return list(rows.order_by("pk"))


def bump(spaces: Iterable[Space | int], users: Iterable[Any] = ()) -> None:
    """Raise the epochs of `spaces` and of their rooms, so that open connections ask again; nothing else.

    `users` are the keys of the persons concerned, as far as known.
    """
    with transaction.atomic():
        ids = {space.pk for space in lock(spaces)}
        _raise_epochs(ids, set(users))


_pending: ContextVar[tuple[set[int], set[Any]] | None] = ContextVar("cse_access_pending", default=None)
_writing: ContextVar[bool] = ContextVar("cse_access_writing", default=False)


@contextmanager
def once() -> Iterator[None]:
    """Within this block (inside one transaction) `recompute` only takes note; the work is done once, at its end.

    For actions that make several changes in a row. Both faces of the rule are right meanwhile: they read grants.
    """
    if _pending.get() is not None:
        yield
        return
    spaces: set[int] = set()
    users: set[Any] = set()
    token = _pending.set((spaces, users))
    try:
        with transaction.atomic():
            try:
                yield
            finally:
                _pending.reset(token)
            recompute(*spaces, users=users)
    finally:
        rights.forget()


def writing() -> bool:
    """Whether the audience groups are being written here (and not by hand)."""
    return _writing.get()


def recompute(*spaces: Space | int, users: Iterable[Any] = ()) -> None:
    """Write anew what is computed from the grants of `spaces` and of their rooms, and raise their epochs.

    Call it inside the transaction that changed a grant, a membership, a visibility or a state.
    """
    rights.forget()
    pending = _pending.get()
    if pending is not None:
        pending[0].update(space if isinstance(space, int) else space.pk for space in spaces)
        pending[1].update(users)
        return
    with transaction.atomic():
        now = timezone.now()
        changed = set(users)
        locked = lock(spaces)
        if any(space.visibility == Visibility.NETWORK and space.kind != "network" for space in locked):
            _network_audience(now)
        for space in locked:
            changed |= write_rows(space, now)
            changed |= write_audience(space, now)
            restrictions.restrict(space)
        _raise_epochs({space.pk for space in locked}, changed)


def _network_audience(now: dt.datetime) -> None:
    """Spaces open to the network are restricted to the network's audience group: it must be there."""
    from .network import network_space

    network = network_space()
    if network.audience_id is None:
        write_audience(network, now)


def _raise_epochs(ids: set[int], users: set[Any]) -> None:
    rights.forget()
    if not ids:
        return
    Space.objects.filter(pk__in=ids).update(epoch=F("epoch") + 1)
    transaction.on_commit(partial(rights_changed.send, sender=Space, space_ids=ids, user_ids=users))


def viewers(space: Space, now: dt.datetime) -> set[Any]:
    """Keys of the people whom a grant lets into `space` at `now`; visibility and parent are not asked."""
    grants = Grant.objects.filter(space=space)
    parties = grants.to_parties(now).values("party")
    seated = Membership.objects.valid(now).filter(party__in=parties).values_list("user_id", flat=True)
    return {*grants.to_people(now).values_list("user_id", flat=True), *seated}


def viewers_with(space: Space, verb: str) -> set[Any]:
    """Keys of the people to whom grants give `verb` in `space` now, its parent and its state asked."""
    now = timezone.now()
    closed = space.read_only or (space.parent is not None and space.parent.read_only)
    if closed and verb not in READ_ONLY_VERBS:
        return set()
    grants = Grant.objects.filter(space=space, role__in=roles_with(verb))
    parties = grants.to_parties(now).values("party")
    seated = Membership.objects.valid(now).filter(party__in=parties).values_list("user_id", flat=True)
    people = {*grants.to_people(now).values_list("user_id", flat=True), *seated}
    inside = _inside_parent(space, now)
    return people if inside is None else people & inside


def audience(space: Space, now: dt.datetime) -> set[Any]:
    """Keys of the people in the audience group of `space`: its own; the network's Space has all members."""
    people = viewers(space, now)
    if space.kind == "network":
        people |= _members(now)
    inside = _inside_parent(space, now)
    return people if inside is None else people & inside


def _inside_parent(space: Space, now: dt.datetime) -> set[Any] | None:
    """Who may view the parent; None: everybody, or there is no parent."""
    parent = space.parent
    if parent is None or parent.visibility == Visibility.PUBLIC:
        return None
    people = viewers(parent, now)
    return people | _members(now) if parent.visibility == Visibility.NETWORK else people


def _members(now: dt.datetime) -> set[Any]:
    return set(Membership.objects.valid(now).values_list("user_id", flat=True))


def write_rows(space: Space, now: dt.datetime) -> set[Any]:
    """guardian's rows for people and parties; returns the keys of the people whose rows changed."""
    inside = _inside_parent(space, now)
    grants = Grant.objects.filter(space=space)
    people = {
        (user_id, verb)
        for user_id, role in grants.to_people(now).values_list("user_id", "role")
        if inside is None or user_id in inside
        for verb in _verbs(space, role)
    }
    parties = grants.to_parties(now)
    if inside is not None and space.parent.visibility != Visibility.NETWORK:
        parties = parties.filter(party__in=Grant.objects.filter(space=space.parent).to_parties(now).values("party"))
    groups = {
        (group_id, verb)
        for group_id, role in parties.values_list("party__group", "role")
        for verb in _verbs(space, role)
    }
    changed = _sync(SpaceUserPermission, "user_id", space, people)
    _sync(SpaceGroupPermission, "group_id", space, groups)
    return changed


def _verbs(space: Space, role: str) -> set[str]:
    verbs = set(verbs_up_to(ROLE_VERB[role]))
    closed = space.read_only or (space.parent is not None and space.parent.read_only)
    return verbs & READ_ONLY_VERBS if closed else verbs


def _sync(model: Any, holder: str, space: Space, wanted: set[tuple[Any, str]]) -> set[Any]:
    permissions = _permissions()
    verb_of = {pk: verb for verb, pk in permissions.items()}
    rows = model.objects.filter(content_object=space).values_list("pk", holder, "permission_id")
    present = {(holder_id, verb_of.get(permission_id, "")): pk for pk, holder_id, permission_id in rows}
    stale = [pk for key, pk in present.items() if key not in wanted]
    missing = wanted - present.keys()
    model.objects.filter(pk__in=stale).delete()
    model.objects.bulk_create(
        model(content_object=space, permission_id=permissions[verb], **{holder: holder_id})
        for holder_id, verb in sorted(missing, key=str)
    )
    return {key[0] for key in missing} | {key[0] for key in present.keys() - wanted}


def _permissions() -> dict[str, int]:
    """Permission keys by verb; made here when missing (before the first `post_migrate`)."""
    content_type = ContentType.objects.get_for_model(Space)
    names = {codename(verb): verb for verb in VERBS}
    found = dict(
        Permission.objects.filter(content_type=content_type, codename__in=names).values_list("codename", "pk")
    )
    for name in names.keys() - found.keys():
        permission, _created = Permission.objects.get_or_create(
            content_type=content_type, codename=name, defaults={"name": name.replace("_", " ").capitalize()}
        )
        found[name] = permission.pk
    return {verb: found[name] for name, verb in names.items()}


def write_audience(space: Space, now: dt.datetime) -> set[Any]:
    """The audience group and its people; returns the keys of those who came or went."""
    if space.audience_id is None:
        space.audience, _created = Group.objects.get_or_create(name=f"{AUDIENCE_PREFIX}{space.key}")
        Space.objects.filter(pk=space.pk).update(audience=space.audience)
    wanted = audience(space, now)
    group = space.audience
    present = set(get_user_model()._default_manager.filter(groups=group).values_list("pk", flat=True))
    token = _writing.set(True)
    try:
        if wanted - present:
            group.user_set.add(*(wanted - present))
        if present - wanted:
            group.user_set.remove(*(present - wanted))  # type: ignore[arg-type]  # any key type
    finally:
        _writing.reset(token)
    return wanted ^ present


def concerned(*, parties: Iterable[int] = (), users: Iterable[Any] = (), members: bool = False) -> set[int]:
    """Keys of the Spaces in which a change of these parties or people may change a right.

    `members=True`: also those that are open to all members of the network.
    """
    parties, users = list(parties), list(users)
    seats = Membership.objects.filter(user_id__in=users).values("party")
    reach = Q(party_id__in=parties) | Q(through_id__in=parties) | Q(user_id__in=users) | Q(party__in=seats)
    ids = set(Grant.objects.filter(reach).values_list("space_id", flat=True))
    if members:
        ids |= set(Space.objects.filter(visibility=Visibility.NETWORK).values_list("pk", flat=True))
    return ids
