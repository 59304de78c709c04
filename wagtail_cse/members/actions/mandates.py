"""Give and withdraw mandates."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from wagtail_cse.access.actors import Actor
from wagtail_cse.core.exceptions import AlreadyDone, Invalid

from ..accounts import person_name
from ..models import Mandate, Organisation, Seat
from ..signals import mandate_changed
from .base import OrganisationAction, record


class MandateAction(OrganisationAction[Mandate]):
    #: The last part of the name in the history.
    act = ""

    def log(self, result: Mandate) -> None:
        record(
            f"mandate.{self.act}",
            self.organisation,
            self.actor,
            person=person_name(result.user),
            purpose=result.purpose,
            mandate=str(result.uuid),
        )

    def committed(self, result: Mandate) -> None:
        mandate_changed.send(
            Mandate, organisation_id=self.organisation.pk, user_id=result.user_id, purpose=result.purpose
        )


class GiveMandate(MandateAction):
    """Let one of the organisation's people sign, apply or accept for it, from one day to another (both count)."""

    name = "members.give_mandate"
    act = "give"

    def __init__(
        self,
        *,
        actor: Actor,
        organisation: Organisation,
        user: Any,
        purpose: str,
        function: str = "",
        starts: dt.date | None = None,
        ends: dt.date | None = None,
    ):
        super().__init__(actor=actor, organisation=organisation)
        self.user = user
        self.purpose = purpose
        self.function = function.strip()
        self.starts = starts
        self.ends = ends

    def check(self) -> None:
        self.lock()
        self.require_administrator()
        if not self.organisation.is_public:
            raise Invalid(gettext("Mandates can be given for active members only."))
        if self.purpose not in Mandate.Purpose.values:
            raise Invalid(gettext("Choose what the mandate is for."), code="purpose")
        if not Seat.objects.valid().filter(party=self.organisation.party_ptr, user=self.user).exists():
            raise Invalid(
                gettext("Only a person with a seat in %(organisation)s can have a mandate.")
                % {"organisation": self.organisation.name},
                code="user",
            )
        self._check_period()

    def _check_period(self) -> None:
        self.starts = self.starts or self.organisation.today()
        if self.ends and self.ends < self.starts:
            raise Invalid(gettext("The mandate ends before it begins. Choose a later last day."), code="ends")
        if self.ends and self.ends < self.organisation.today():
            raise Invalid(gettext("The last day is already over. Choose a later one."), code="ends")
        same = self.organisation.mandates.filter(
            user=self.user, purpose=self.purpose, withdrawn_at=None, starts=self.starts, ends=self.ends
        )
        if same.exists():
            raise AlreadyDone(
                gettext("%(person)s already has exactly this mandate.") % {"person": person_name(self.user)}
            )

    def write(self) -> Mandate:
        return Mandate.objects.create(
            organisation=self.organisation,
            user=self.user,
            purpose=self.purpose,
            function=self.function,
            starts=self.starts,
            ends=self.ends,
            given_by=self.actor.user,
        )


class WithdrawMandate(MandateAction):
    """End a mandate now. What was signed with it stays signed."""

    name = "members.withdraw_mandate"
    act = "withdraw"

    def __init__(self, *, actor: Actor, mandate: Mandate):
        super().__init__(actor=actor, organisation=mandate.organisation)
        self.mandate = mandate

    def check(self) -> None:
        self.lock()
        self.require_administrator()
        self.mandate = Mandate.objects.select_for_update(of=("self",)).select_related("user").get(pk=self.mandate.pk)
        if self.mandate.withdrawn_at is not None:
            raise AlreadyDone(gettext("This mandate was already withdrawn."))

    def write(self) -> Mandate:
        self.mandate.withdrawn_at = timezone.now()
        self.mandate.withdrawn_by = self.actor.user
        self.mandate.save(update_fields=["withdrawn_at", "withdrawn_by"])
        return self.mandate
