"""Reading in SQL: which grants and memberships count now, which Spaces a person may enter.

This is one of the two faces of the rule; the other one is `policies`. They are written side by side and proved
equal by `tests/contracts/test_access_contract.py`. Whoever changes one changes both.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .roles import READ_ONLY_VERBS, check_verb, roles_with


def within(now: dt.datetime, prefix: str = "") -> Q:
    """Started and not yet over at `now`: the end itself no longer counts."""
    return (Q(**{f"{prefix}starts": None}) | Q(**{f"{prefix}starts__lte": now})) & (
        Q(**{f"{prefix}expires": None}) | Q(**{f"{prefix}expires__gt": now})
    )


class MembershipQuerySet(models.QuerySet):
    def valid(self, now: dt.datetime | None = None) -> MembershipQuerySet:
        """Memberships that count at `now`: in time, person and party active, and still in the party's group."""
        now = now or timezone.now()
        return self.filter(
            within(now),
            user__is_active=True,
            party__is_active=True,
            user__groups=models.F("party__group"),
        )


class GrantQuerySet(models.QuerySet):
    def to_people(self, now: dt.datetime | None = None) -> GrantQuerySet:
        """Grants to a person that count at `now`; those `through` a party only with that membership."""
        from .models import Membership

        now = now or timezone.now()
        seated = Membership.objects.valid(now).filter(user=OuterRef("user"), party=OuterRef("through"))
        return self.filter(within(now), Q(through=None) | Exists(seated), user__is_active=True)

    def to_parties(self, now: dt.datetime | None = None) -> GrantQuerySet:
        """Grants to a party that count at `now`."""
        return self.filter(within(now or timezone.now()), party__is_active=True)


class SpaceQuerySet(models.QuerySet):
    def permitted(self, user: Any, verb: str) -> SpaceQuerySet:
        """The Spaces in which `user` (anonymous and inactive people too) holds `verb` at this moment.

        One query. Raises `ValueError` for an unknown verb.
        """
        check_verb(verb)
        now = timezone.now()
        rooms = Q(parent=None) | Q(parent__in=_entered(user, now), parent__parent=None)
        spaces = self.filter(_held(user, verb, now) & rooms)
        if verb not in READ_ONLY_VERBS:
            spaces = spaces.filter(Q(parent=None) | Q(parent__read_only=False), read_only=False)
        return spaces


def _held(user: Any, verb: str, now: dt.datetime) -> Q:
    """The Space itself gives `verb` to `user`, its parent and its state not yet asked."""
    from .models import Grant, Membership

    everyone = Q(visibility="public") if verb == "view" else Q(pk__in=[])
    if not (user is not None and user.is_authenticated and user.is_active):
        return everyone
    if user.is_superuser:
        return Q()
    seats = Membership.objects.valid(now).filter(user_id=user.pk)
    grants = Grant.objects.filter(role__in=roles_with(verb))
    held = (
        everyone
        | Q(pk__in=grants.to_people(now).filter(user_id=user.pk).values("space"))
        | Q(pk__in=grants.to_parties(now).filter(party__in=seats.values("party")).values("space"))
    )
    if verb == "view":
        held |= Q(visibility="network") & Exists(seats)
    return held


def _entered(user: Any, now: dt.datetime) -> models.QuerySet:
    from .models import Space

    return Space.objects.filter(_held(user, "view", now)).values("pk")


class SpacedQuerySet(models.QuerySet):
    """For models that live in a Space: base of their queryset; `space_field` names the foreign key."""

    space_field = "space"

    def permitted(self, user: Any, verb: str) -> SpacedQuerySet:
        """The rows in whose Space `user` holds `verb`; one query, works for anonymous and inactive people."""
        from .models import Space

        return self.filter(**{f"{self.space_field}__in": Space.objects.permitted(user, verb).values("pk")})
