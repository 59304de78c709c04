"""Who sits in an organisation, and as what."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from wagtail_cse.access import parties
from wagtail_cse.access.actions import GrantRole, RevokeSource
from wagtail_cse.access.actors import Actor
from wagtail_cse.core.exceptions import AlreadyDone, Invalid

from ..accounts import person_name
from ..models import Organisation, Seat
from ..policies import SEAT_ROLES
from ..signals import seat_changed
from .base import OrganisationAction, lock_spaces, record


def seat_source(seat: Seat) -> str:
    """Names the grant that a seat brings in the organisation's own Space."""
    return f"members.seat:{seat.pk}"


def give_seat(organisation: Organisation, user: Any, role: str, *, given_by: Any | None) -> Seat:
    """Make the seat, and give the person what it is worth in the organisation's own Space."""
    seat: Any = parties.add_member(organisation, user, model=Seat, role=role, given_by=given_by)
    grant_seat(seat, organisation)
    return seat


def grant_seat(seat: Seat, organisation: Organisation) -> None:
    GrantRole(
        actor=None,
        space=organisation.space,
        role=SEAT_ROLES[seat.role],
        user=seat.user,
        through=organisation.party_ptr,
        source=seat_source(seat),
    ).execute()


def revoke_seat(seat: Seat, organisation: Organisation) -> None:
    RevokeSource(actor=None, space=organisation.space, source=seat_source(seat), user=seat.user).execute()


class SeatAction(OrganisationAction[Seat]):
    """An action on one seat; knows whether it would leave the organisation without an owner."""

    def __init__(self, *, actor: Actor, seat: Seat, without_owner: bool = False):
        super().__init__(actor=actor, organisation=seat.party.organisation)
        self.seat = seat
        self.without_owner = without_owner

    def lock_seat(self) -> None:
        """Lock organisation and seat; `AlreadyDone` when the seat is gone."""
        lock_spaces(self.organisation, self.seat.user)
        self.lock()
        seats = Seat.objects.select_for_update(of=("self",)).select_related("user")
        seat = seats.filter(pk=self.seat.pk, party=self.organisation.party_ptr).first()
        if seat is None:
            raise AlreadyDone(gettext("This person has no seat here any more."))
        self.seat = seat

    def keep_an_owner(self) -> None:
        """Raise `Invalid` before the last owner goes, unless that was said in so many words."""
        if self.seat.role != Seat.Role.OWNER or self.without_owner:
            return
        owners = Seat.objects.valid().filter(party=self.organisation.party_ptr, role=Seat.Role.OWNER)
        if owners.exclude(pk=self.seat.pk).exists():
            return
        raise Invalid(
            gettext(
                "%(person)s is the last owner of %(organisation)s. Make somebody else an owner first, or confirm "
                "that the organisation has no owner from now on: then only the secretariat can invite people."
            )
            % {"person": person_name(self.seat.user), "organisation": self.organisation.name},
            code="last_owner",
        )

    def committed(self, result: Seat) -> None:
        seat_changed.send(Seat, organisation_id=self.organisation.pk, user_id=self.seat.user_id)


class ChangeSeat(SeatAction):
    """Give a seat another role or function."""

    name = "members.change_seat"

    def __init__(self, *, actor: Actor, seat: Seat, role: str, title: str = "", without_owner: bool = False):
        super().__init__(actor=actor, seat=seat, without_owner=without_owner)
        self.role = role
        self.title = title.strip()

    def check(self) -> None:
        self.lock_seat()
        self.require_administrator()
        if self.role not in Seat.Role.values:
            raise Invalid(gettext("Choose one of the roles."), code="role")
        if (self.seat.role, self.seat.title) == (self.role, self.title):
            raise AlreadyDone(gettext("Nothing was changed."))
        if self.role != Seat.Role.OWNER:
            self.keep_an_owner()

    def write(self) -> Seat:
        self.before = self.seat.role
        self.seat.role, self.seat.title = self.role, self.title
        self.seat.save(update_fields=["role", "title"])
        if self.before != self.role:
            revoke_seat(self.seat, self.organisation)
            grant_seat(self.seat, self.organisation)
        return self.seat

    def log(self, result: Seat) -> None:
        person = person_name(result.user)
        record("seat.change", self.organisation, self.actor, person=person, before=self.before, role=result.role)


class RemoveSeat(SeatAction):
    """End a person's seat: every right through the organisation, his mandates, and invitations that he sent.

    Owners and the secretariat remove others; everybody may leave.
    """

    name = "members.remove_seat"

    def check(self) -> None:
        self.lock_seat()
        self.leaves = self.seat.user_id == self.actor.user.pk
        if not self.leaves:
            self.require_administrator()
        self.keep_an_owner()

    def write(self) -> Seat:
        now = timezone.now()
        user = self.seat.user
        # Otherwise they would come back to life with a later seat.
        mandates = self.organisation.mandates.filter(user=user, withdrawn_at=None)
        mandates.update(withdrawn_at=now, withdrawn_by=self.actor.user)
        self.organisation.invitations.open(now).filter(invited_by=user).update(withdrawn_at=now)
        revoke_seat(self.seat, self.organisation)
        parties.remove_member(self.organisation.party_ptr, user)
        return self.seat

    def log(self, result: Seat) -> None:
        action = "seat.leave" if self.leaves else "seat.remove"
        record(action, self.organisation, self.actor, person=person_name(self.seat.user), role=self.seat.role)
