"""What a person holds, read once and judged at any moment."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from .models import Grant, Membership, Space
from .roles import READ_ONLY_VERBS, ROLE_VERB, VERBS, Visibility, verbs_up_to


@dataclass(frozen=True, slots=True)
class Period:
    starts: dt.datetime | None
    expires: dt.datetime | None

    def covers(self, now: dt.datetime) -> bool:
        """Started and not yet over at `now`: the end itself no longer counts."""
        return (self.starts is None or self.starts <= now) and (self.expires is None or now < self.expires)


@dataclass(frozen=True, slots=True)
class Held:
    """One grant that may reach the person: the verb, its time, and the party it comes through (or None)."""

    verb: str
    period: Period
    party_id: int | None


@dataclass(slots=True)
class Rights:
    """The memberships and grants of one person as the database had them; time is judged when asked."""

    is_superuser: bool = False
    memberships: dict[int, Period] = field(default_factory=dict)
    held: dict[int, list[Held]] = field(default_factory=dict)

    def parties(self, now: dt.datetime | None = None) -> set[int]:
        """Keys of the parties that the person may act for at `now`."""
        now = now or timezone.now()
        return {party_id for party_id, period in self.memberships.items() if period.covers(now)}

    def verbs(self, space: Space, now: dt.datetime | None = None) -> frozenset[str]:
        """The verbs that the person holds in `space` at `now`."""
        now = now or timezone.now()
        verbs = self._own(space, now)
        read_only = space.read_only
        parent = space.parent
        if parent is not None:
            # A narrower room holds some of its parent's people, never others; rooms are one level deep.
            if parent.parent_id is not None or "view" not in self._own(parent, now):
                return frozenset()
            read_only = read_only or parent.read_only
        return verbs & READ_ONLY_VERBS if read_only else verbs

    def _own(self, space: Space, now: dt.datetime) -> frozenset[str]:
        if self.is_superuser:
            return frozenset(VERBS)
        parties = self.parties(now)
        verbs: set[str] = set()
        if space.visibility == Visibility.PUBLIC or (space.visibility == Visibility.NETWORK and parties):
            verbs.add("view")
        for held in self.held.get(space.pk, ()):
            if held.period.covers(now) and (held.party_id is None or held.party_id in parties):
                verbs.update(verbs_up_to(held.verb))
        return frozenset(verbs)

    def changes_at(self, space: Space, now: dt.datetime) -> dt.datetime | None:
        """The next moment at which time alone may change the answer for `space`; None: never."""
        helds = [*self.held.get(space.pk, ()), *self.held.get(space.parent_id or 0, ())]
        periods = [*self.memberships.values(), *(held.period for held in helds)]
        moments = [m for period in periods for m in (period.starts, period.expires) if m is not None and m > now]
        return min(moments, default=None)


NOBODY = Rights()


def load(users: Iterable[Any]) -> dict[Any, Rights]:
    """The rights of several persons (user objects as the caller read them), in three queries.

    Who is not active gets none. Whether a person is still in the Django group of his party is read here: a group
    edited by hand in the user admin ends the right like a removed membership.
    """
    rights = {user.pk: Rights(is_superuser=user.is_superuser) for user in users if user.is_active}
    if not rights:
        return rights
    parties = _memberships(rights)
    grants = Grant.objects.filter(Q(user_id__in=rights) | Q(party_id__in=parties)).values_list(
        "space_id", "user_id", "party_id", "through_id", "role", "starts", "expires"
    )
    for space_id, user_id, party_id, through_id, role, starts, expires in grants:
        held = Held(ROLE_VERB[role], Period(starts, expires), party_id or through_id)
        for receiver in (user_id,) if user_id is not None else parties[party_id]:
            rights[receiver].held.setdefault(space_id, []).append(held)
    return rights


def _memberships(rights: dict[Any, Rights]) -> dict[int, list[Any]]:
    """Fill in the memberships; returns the persons by party."""
    people = get_user_model()._default_manager.filter(pk__in=list(rights), groups__cse_party__isnull=False)
    grouped: Collection[tuple[Any, int]] = set(people.values_list("pk", "groups__cse_party"))
    by_party: dict[int, list[Any]] = defaultdict(list)
    rows = Membership.objects.filter(user_id__in=list(rights), party__is_active=True, user__is_active=True)
    for user_id, party_id, starts, expires in rows.values_list("user_id", "party_id", "starts", "expires"):
        if (user_id, party_id) in grouped:
            rights[user_id].memberships[party_id] = Period(starts, expires)
            by_party[party_id].append(user_id)
    return by_party


_scope: ContextVar[dict[Any, Any] | None] = ContextVar("cse_access_rights", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Within this block (one request) rights are read once per person. Outside of it nothing is kept.

    `forget()` empties it; `recompute` calls that, so that an action sees what it changed itself.
    """
    token = _scope.set({})
    try:
        yield
    finally:
        _scope.reset(token)


@contextmanager
def remembered_here() -> Iterator[None]:
    """`remembered()`, unless a request does so already: for one function that asks the same several times."""
    if _scope.get() is not None:
        yield
        return
    with remembered():
        yield


def forget() -> None:
    """Read rights afresh from now on in this request."""
    scope = _scope.get()
    if scope is not None:
        scope.clear()


def once_per_request(key: Any, read: Callable[[], Any]) -> Any:
    """What `read` returns, kept under `key` until `forget()` or the end of the request; outside of one: not kept."""
    scope = _scope.get()
    if scope is None:
        return read()
    if key not in scope:
        scope[key] = read()
    return scope[key]


def is_superuser(user: Any) -> bool:
    """An active superuser."""
    return user is not None and user.is_authenticated and user.is_active and user.is_superuser


def of(user: Any) -> Rights:
    """The rights of one person; anonymous and inactive people hold none of their own."""
    if user is None or not user.is_authenticated or not user.is_active:
        return NOBODY
    return once_per_request(("rights", user.pk), lambda: load([user]).get(user.pk, NOBODY))
