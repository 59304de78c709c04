from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import timezone

from .places import EU_ZONES, zone_of


class OrganisationQuerySet(models.QuerySet):
    def members(self) -> OrganisationQuerySet:
        """Admitted organisations whose rights count today."""
        return self.filter(status="member", is_active=True)

    def named(self, query: str) -> OrganisationQuerySet:
        """Whose name, address or town contains the words, whatever their capital letters and accents.

        SQLite compares capital letters in ASCII only, and `Işık` is written `Isik` on many keyboards: the folded
        address is searched as well.
        """
        from .names import fold, spellings

        if not query:
            return self
        words = Q()
        for spelling in spellings(query):
            words |= Q(name__icontains=spelling) | Q(city__icontains=spelling)
        folded = fold(query)
        return self.filter(words | Q(slug__contains=folded) if folded else words)

    def with_languages_text(self) -> OrganisationQuerySet:
        """With `languages_text`, the JSON list as text: SQLite cannot ask whether a list contains a value."""
        return self.annotate(languages_text=Cast("languages", models.TextField()))

    def speaking(self, codes: Iterable[str]) -> OrganisationQuerySet:
        """Who work in at least one of these languages."""
        spoken = Q()
        for code in codes:
            spoken |= Q(languages_text__contains=f'"{code}"')
        return self.with_languages_text().filter(spoken)

    def administered(self) -> OrganisationQuerySet:
        """For the secretariat's list: everything it shows of an organisation, in this one query."""
        now = timezone.now()
        seats = Q(memberships__expires=None) | Q(memberships__expires__gt=now)
        waiting = Q(invitations__accepted_at=None, invitations__withdrawn_at=None, invitations__expires_at__gt=now)
        return self.annotate(
            people=models.Count("memberships", filter=seats, distinct=True),
            waiting=models.Count("invitations", filter=waiting, distinct=True),
        )


class MandateQuerySet(models.QuerySet):
    def valid(self, today: dt.date | None = None) -> MandateQuerySet:
        """Mandates that count on `today`: in time, not withdrawn, person still seated and active.

        Without `today` each counts by the calendar of its own organisation at this moment.
        """
        now = timezone.now()
        return self.filter(
            _on(today) if today else _on_own_calendar(now),
            Q(withdrawn_at=None),
            organisation__status="member",
            organisation__is_active=True,
            user__is_active=True,
            # A person taken out of the group by hand, in the user admin, no longer speaks for the organisation.
            user__groups=models.F("organisation__party_ptr__group"),
        ).filter(
            Q(user__cse_memberships__starts=None) | Q(user__cse_memberships__starts__lte=now),
            Q(user__cse_memberships__expires=None) | Q(user__cse_memberships__expires__gt=now),
            user__cse_memberships__party=models.F("organisation__party_ptr"),
        )


def _on(day: dt.date) -> Q:
    return Q(starts__lte=day) & (Q(ends=None) | Q(ends__gte=day))


def _on_own_calendar(now: dt.datetime) -> Q:
    """At one moment it is the next day in Izmir already, and still the day before in Lisbon."""
    days: dict[dt.date, list[str]] = {}
    for country in ("TR", *EU_ZONES):
        days.setdefault(timezone.localdate(now, zone_of(country)), []).append(country)
    elsewhere = ~Q(organisation__country__in=["TR", *EU_ZONES])
    condition = elsewhere & _on(timezone.localdate(now, timezone.get_default_timezone()))
    for day, countries in days.items():
        condition |= Q(organisation__country__in=countries) & _on(day)
    return condition


class InvitationQuerySet(models.QuerySet):
    def open(self, now: dt.datetime | None = None) -> InvitationQuerySet:
        """Neither accepted nor withdrawn nor over."""
        now = now or timezone.now()
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
