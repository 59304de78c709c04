"""Reading partnerships: always from `permitted`."""

from __future__ import annotations

from typing import Any

from django.db import models

from wagtail_cse.access.querysets import SpacedQuerySet


class PartnershipQuerySet(SpacedQuerySet):
    def with_partners(self) -> PartnershipQuerySet:
        """Fetch the organisations of each partnership in their order of joining, in two queries."""
        from .models import Partner

        partners = Partner.objects.select_related("organisation").order_by("joined_at", "pk")
        return self.select_related("space").prefetch_related(models.Prefetch("partners", queryset=partners))

    def with_stages(self) -> PartnershipQuerySet:
        return self.prefetch_related("stage_dates")

    def unarchived(self) -> PartnershipQuerySet:
        return self.exclude(status="archived")

    def archived(self) -> PartnershipQuerySet:
        return self.filter(status="archived")

    def open(self) -> PartnershipQuerySet:
        """Running: people may write in them."""
        return self.filter(status="active")

    def newest_first(self) -> PartnershipQuerySet:
        return self.order_by("-starts", "-pk")

    def for_list(self, user: Any) -> PartnershipQuerySet:
        """What the list of one person shows."""
        return self.permitted(user, "view").with_partners().with_stages().newest_first()
