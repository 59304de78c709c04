"""What a long-lived connection holds instead of a request, and how it is judged again.

A socket outlives the request that opened it. It keeps a ticket: who, for whom, where, in which session. Whoever
writes for it calls `recheck` inside the writing transaction, after locking the Space's row: every change of rights
happens under that lock, so what is read then holds until the commit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from . import rights
from .models import Party, Space


@dataclass(frozen=True, slots=True)
class Ticket:
    """Issued to one person (or an anonymous reader), acting for one party, in one session, for one Space."""

    user_id: Any
    party_id: int | None
    space_id: int
    session_key: str | None
    #: The person's session hash at issue: a changed password makes it wrong.
    auth_hash: str
    #: The verbs at issue. What counts later is the answer of `recheck`.
    verbs: frozenset[str]
    #: The next moment at which time alone may change the verbs; None: never.
    expires_at: dt.datetime | None
    #: The Space's epoch at issue: as long as it is the same and `expires_at` is ahead, nothing has changed.
    epoch: int


def issue(user: Any, party: Party | None, space: Space, session: Any) -> Ticket | None:
    """A ticket for `space`, or None when the person may not view it or may not act for `party`.

    `session` is the request's session, or None.
    """
    signed_in = user is not None and user.is_authenticated
    # The epoch first: a change between the two reads makes the ticket look old, never new.
    fresh = Space.objects.select_related("parent").filter(pk=space.pk).first()
    if fresh is None:
        return None
    people = get_user_model()._default_manager.filter(pk=user.pk) if signed_in else []
    person = next(iter(people), None)
    held = rights.load([person]).get(person.pk, rights.NOBODY) if person is not None else rights.NOBODY
    now = timezone.now()
    verbs = held.verbs(fresh, now)
    if "view" not in verbs or (party is not None and party.pk not in held.parties(now)):
        return None
    return Ticket(
        user_id=person.pk if person is not None else None,
        party_id=party.pk if party is not None else None,
        space_id=fresh.pk,
        session_key=getattr(session, "session_key", None),
        auth_hash=person.get_session_auth_hash() if person is not None else "",
        verbs=verbs,
        expires_at=held.changes_at(fresh, now),
        epoch=fresh.epoch,
    )


def recheck(tickets: Iterable[Ticket]) -> dict[Ticket, frozenset[str]]:
    """The verbs that each ticket stands for at this moment; an empty set: close the connection.

    Reads people, sessions, memberships, groups, grants and Spaces anew, in six queries for any number of tickets,
    in the current transaction. A person who may no longer act for the party of his ticket holds nothing by it.
    """
    tickets = list(tickets)
    now = timezone.now()
    user_ids = {ticket.user_id for ticket in tickets if ticket.user_id is not None}
    people = {user.pk: user for user in get_user_model()._default_manager.filter(pk__in=user_ids)}
    held = rights.load(people.values())
    spaces = Space.objects.select_related("parent").in_bulk({ticket.space_id for ticket in tickets})
    sessions = _existing({ticket.session_key for ticket in tickets if ticket.session_key}, now)

    def verbs(ticket: Ticket) -> frozenset[str]:
        space = spaces.get(ticket.space_id)
        if space is None or (ticket.session_key and ticket.session_key not in sessions):
            return frozenset()
        if ticket.user_id is None:
            return rights.NOBODY.verbs(space, now)
        person = people.get(ticket.user_id)
        mine = held.get(ticket.user_id)
        if person is None or mine is None:
            return frozenset()
        if not constant_time_compare(person.get_session_auth_hash(), ticket.auth_hash):
            return frozenset()
        if ticket.party_id is not None and ticket.party_id not in mine.parties(now):
            return frozenset()
        return mine.verbs(space, now)

    return {ticket: verbs(ticket) for ticket in tickets}


def _existing(keys: set[str], now: dt.datetime) -> set[str]:
    """Which of these sessions still exist. Sessions kept in a signed cookie cannot be ended by the server, so
    there a ticket ends with the password, the account or the right, and not with the logout.
    """
    engine = settings.SESSION_ENGINE
    if not keys or engine.endswith("signed_cookies"):
        return keys
    store = import_module(engine).SessionStore
    if hasattr(store, "get_model_class"):
        rows = store.get_model_class()._default_manager.filter(session_key__in=keys, expire_date__gt=now)
        return set(rows.values_list("session_key", flat=True))
    return {key for key in keys if store().exists(key)}
