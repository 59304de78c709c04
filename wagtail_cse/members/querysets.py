from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone


class OrganisationQuerySet(models.QuerySet):
    def members(self) -> OrganisationQuerySet:
        """Admitted organisations whose rights count today."""
        return self.filter(status="member", is_active=True)


class MandateQuerySet(models.QuerySet):
    def valid(self, today: dt.date | None = None) -> MandateQuerySet:
        """Mandates that count on `today`: in time, not withdrawn, person still seated and active.

        Without `today` the site's date counts; `mandates.mandate_for` asks by the organisation's own calendar.
        """
        today = today or timezone.localdate(timezone=timezone.get_default_timezone())
        now = timezone.now()
        return self.filter(
            Q(ends=None) | Q(ends__gte=today),
            Q(withdrawn_at=None),
            starts__lte=today,
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


class InvitationQuerySet(models.QuerySet):
    def open(self, now: dt.datetime | None = None) -> InvitationQuerySet:
        """Neither accepted nor withdrawn nor over."""
        now = now or timezone.now()
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
