"""Parties and their people: the functions that the actions of `members` call."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction

from .models import Grant, Membership, Party
from .recompute import concerned, lock, once, recompute

GROUP_PREFIX = "cse:org:"


def create_party_group(key: str) -> Group:
    """The Django group of the representatives of the party with `key` (made when missing)."""
    group, _created = Group.objects.get_or_create(name=f"{GROUP_PREFIX}{key}")
    return group


def add_member(
    party: Party,
    user: Any,
    *,
    starts: dt.datetime | None = None,
    expires: dt.datetime | None = None,
    model: type[Membership] = Membership,
    **fields: Any,
) -> Membership:
    """Give `user` a place in `party`, or change its time; `model` and `fields` for a child such as `members.Seat`.

    Puts the person into the party's group and recomputes every Space concerned, in one transaction. Also the way
    back for somebody whose group was edited by hand.
    """
    with transaction.atomic(), once():
        lock(concerned(parties=[party.pk], users=[user.pk], members=True))
        membership, _created = model._default_manager.update_or_create(
            party_id=party.pk, user=user, defaults={"starts": starts, "expires": expires, **fields}
        )
        party.group.user_set.add(user)
        membership_changed(party.pk, user.pk)
    return membership


def remove_member(party: Party, user: Any) -> bool:
    """End the membership: the person leaves the group, and rights given through the party end for good.

    Returns False when there was none.
    """
    with transaction.atomic(), once():
        lock(concerned(parties=[party.pk], users=[user.pk], members=True))
        membership = Membership.objects.select_for_update().filter(party_id=party.pk, user=user).first()
        if membership is None:
            return False
        membership.delete()
        return True


def set_active(party: Party, active: bool) -> None:
    """Suspend or reopen a party: while it is not active no right through it counts. Saves `is_active`."""
    with transaction.atomic(), once():
        lock(concerned(parties=[party.pk], members=True))
        Party.objects.filter(pk=party.pk).update(is_active=active)
        party.is_active = active
        party_changed(party.pk)


def membership_changed(party_id: int, user_id: Any) -> None:
    """Recompute what a new, changed or removed membership touches."""
    ids = concerned(parties=[party_id], users=[user_id], members=True)
    recompute(*ids, users=[user_id])


def membership_removed(party_id: int, user_id: Any) -> None:
    """After the row is gone: out of the group, and no grant may revive with a later membership."""
    ids = concerned(parties=[party_id], users=[user_id], members=True)
    Grant.objects.filter(user_id=user_id, through_id=party_id).delete()
    group = Group.objects.filter(cse_party=party_id).first()
    person = get_user_model()._default_manager.filter(pk=user_id).first()
    if group is not None and person is not None:
        group.user_set.remove(person)
    recompute(*ids, users=[user_id])


def party_changed(party_id: int) -> None:
    """Recompute what the state of a party touches."""
    people = Membership.objects.filter(party_id=party_id).values_list("user_id", flat=True)
    recompute(*concerned(parties=[party_id], members=True), users=people)
