"""Reading: which grants and memberships count now, which Spaces a person may enter."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone


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
    pass


class SpaceQuerySet(models.QuerySet):
    pass
