"""Invite people by a mailed link; the secret of the link stands in the mail and nowhere else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from wagtail.models import ModelLogEntry

from wagtail_cse.access.actions import GrantRole
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.models import Space
from wagtail_cse.access.policies import can
from wagtail_cse.access.roles import Role
from wagtail_cse.core import preferences
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed

from .. import invitations, mails
from ..accounts import create_account, find_by_email, person_name, same_address
from ..conf import settings
from ..exceptions import InvitationError, TooMany
from ..models import Invitation, Organisation, Seat
from ..signals import seat_changed
from .base import OrganisationAction, lock_spaces, record
from .seats import give_seat

SENT = ("cse_members.invitation.send", "cse_members.invitation.resend")


class SendsInvitations(OrganisationAction[Invitation]):
    """What inviting and sending again share: the hourly number, the new secret, the mail on commit."""

    #: The secret, between writing its hash and sending the mail.
    _token: str = ""

    def check_number(self) -> None:
        """Raise `TooMany` when the person has sent as many within the last hour as the site allows."""
        since = timezone.now() - dt.timedelta(hours=1)
        sent = ModelLogEntry.objects.filter(action__in=SENT, user_id=self.actor.user.pk, timestamp__gt=since).count()
        limit = settings.invitations_per_hour
        if sent >= limit:
            raise TooMany(
                ngettext(
                    "You have sent %(count)d invitation within the last hour; more are possible later. "
                    "What you typed is still here.",
                    "You have sent %(count)d invitations within the last hour; more are possible later. "
                    "What you typed is still here.",
                    limit,
                )
                % {"count": limit}
            )

    def committed(self, result: Invitation) -> None:
        mails.send_invitation(result, self._token, self.actor.user)


class InviteRepresentative(SendsInvitations):
    """Offer somebody a seat in the organisation, by mail, in the language chosen for him.

    With `space` and `space_role` the seat comes with a role in that Space, in which the actor holds `manage`.
    The answer is the same whether or not the address has an account.
    """

    name = "members.invite_representative"

    def __init__(
        self,
        *,
        actor: Actor,
        organisation: Organisation,
        email: str,
        language: str,
        role: str = Seat.Role.REPRESENTATIVE,
        name: str = "",
        space: Space | None = None,
        space_role: str = "",
    ):
        super().__init__(actor=actor, organisation=organisation)
        self.email = email.strip()
        self.language = language
        self.role = role
        self.person = name.strip()
        self.space = space
        self.space_role = space_role if space is not None else ""

    def check(self) -> None:
        self.lock()
        self.require_administrator()
        if not self.organisation.is_public:
            raise Invalid(gettext("Only active members can invite people."))
        self._check_values()
        if self.space is not None and not can(self.actor.user, "manage", self.space):
            raise NotAllowed(gettext("Only a coordinator can invite people into this workspace."))
        self._check_person()
        self.check_number()

    def _check_values(self) -> None:
        try:
            validate_email(self.email)
        except ValidationError as error:
            raise Invalid(gettext("Write a complete e-mail address."), code="email") from error
        if self.role not in Seat.Role.values:
            raise Invalid(gettext("Choose one of the roles."), code="role")
        if self.space is not None and self.space_role not in Role.values:
            raise Invalid(gettext("Choose one of the roles."), code="space_role")
        if self.language not in dict(django_settings.LANGUAGES):
            raise Invalid(gettext("Choose one of the languages of this site."), code="language")

    def _check_person(self) -> None:
        user = find_by_email(self.email)
        if user is not None and Seat.objects.filter(party=self.organisation.party_ptr, user=user).exists():
            raise Invalid(
                gettext("%(person)s already has a seat in %(organisation)s.")
                % {"person": person_name(user), "organisation": self.organisation.name},
                code="email",
            )
        waiting = self.organisation.invitations.open().filter(email__iexact=self.email, space=self.space)
        if waiting.exists():
            raise AlreadyDone(
                gettext("An invitation to %(email)s is already on its way. You can send it again from the list.")
                % {"email": self.email}
            )

    def write(self) -> Invitation:
        self._token, digest = invitations.new_token()
        return Invitation.objects.create(
            organisation=self.organisation,
            email=self.email,
            name=self.person,
            role=self.role,
            space=self.space,
            space_role=self.space_role,
            language=self.language,
            token_sha256=digest,
            invited_by=self.actor.user,
            expires_at=invitations.expiry(),
        )

    def log(self, result: Invitation) -> None:
        record(
            "invitation.send",
            self.organisation,
            self.actor,
            person=result.name or result.email,
            role=result.role,
            invitation=str(result.uuid),
        )


class InvitationAction(OrganisationAction[Invitation]):
    """An action on one invitation."""

    act = ""

    def __init__(self, *, actor: Actor, invitation: Invitation):
        super().__init__(actor=actor, organisation=invitation.organisation)
        self.invitation = invitation

    def lock_invitation(self) -> None:
        """Lock organisation and invitation; `AlreadyDone` when it was accepted."""
        self.lock()
        self.require_administrator()
        self.invitation = Invitation.objects.select_for_update().get(pk=self.invitation.pk)
        if self.invitation.accepted_at is not None:
            raise AlreadyDone(gettext("This invitation was already accepted."))

    def log(self, result: Invitation) -> None:
        record(
            f"invitation.{self.act}",
            self.organisation,
            self.actor,
            person=result.name or result.email,
            invitation=str(result.uuid),
        )


class ResendInvitation(InvitationAction, SendsInvitations):
    """Send a new link, with a new time; the old link no longer works. Also for an expired invitation."""

    name = "members.resend_invitation"
    act = "resend"

    def check(self) -> None:
        self.lock_invitation()
        if self.invitation.withdrawn_at is not None:
            raise Invalid(gettext("This invitation was withdrawn. Invite the person anew."))
        if not self.organisation.is_public:
            raise Invalid(gettext("Only active members can invite people."))
        self.check_number()

    def write(self) -> Invitation:
        self._token, self.invitation.token_sha256 = invitations.new_token()
        self.invitation.expires_at = invitations.expiry()
        # Whoever sends it again answers for it now: requests for a new link go to him.
        self.invitation.invited_by = self.actor.user
        self.invitation.save(update_fields=["token_sha256", "expires_at", "invited_by"])
        return self.invitation


class WithdrawInvitation(InvitationAction):
    """Take an invitation back; its link no longer works."""

    name = "members.withdraw_invitation"
    act = "withdraw"

    def check(self) -> None:
        self.lock_invitation()
        if self.invitation.withdrawn_at is not None:
            raise AlreadyDone(gettext("This invitation was already withdrawn."))

    def write(self) -> Invitation:
        self.invitation.withdrawn_at = timezone.now()
        self.invitation.save(update_fields=["withdrawn_at"])
        return self.invitation


class AcceptInvitation(Action[Seat]):
    """Take the seat that a link offers. `actor` is the signed-in person, or None for somebody without an account.

    Without an account one is made in the same transaction, from `person` (the name) and `password`, for the address
    to which the mail went: the secret of the link proves that it is hers. Raises `InvitationError` when the link does
    not lead in, `AlreadyDone` when this person has accepted it before.
    """

    name = "members.accept_invitation"

    def __init__(self, *, token: str, actor: Actor | None, person: str = "", password: str = ""):
        self.token = token
        self.actor = actor
        self.person = person
        self.password = password

    def check(self) -> None:
        invitation = invitations.find(self.token)
        if invitation is None:
            raise InvitationError(code="unknown")
        # Spaces, organisation, invitation: the order in which all of us lock.
        spaces = [invitation.space_id] if invitation.space_id else []
        lock_spaces(invitation.organisation, self.actor.user if self.actor else None, also=spaces)
        self.organisation = (
            Organisation.objects.select_for_update(of=("self", "party_ptr"))
            .select_related("space")
            .get(pk=invitation.organisation_id)
        )
        self.invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if self.invitation.token_sha256 != invitation.token_sha256:
            raise InvitationError(code="unknown")
        self.invitation.organisation = self.organisation
        self._check_person()

    def _check_person(self) -> None:
        user = self.actor.user if self.actor else None
        if user is not None and self.invitation.accepted_by_id == user.pk:
            raise AlreadyDone(gettext("You have already accepted this invitation."))
        state = invitations.state(self.invitation)
        if state != "open":
            raise InvitationError(code=state)
        if user is not None and not same_address(user, self.invitation.email):
            raise InvitationError(code="other_person")
        if user is None and find_by_email(self.invitation.email) is not None:
            raise Invalid(
                gettext("There is an account for this address already. Sign in with it."), code="has_account"
            )

    def write(self) -> Seat:
        invitation = self.invitation
        self.user: Any = (
            self.actor.user if self.actor else create_account(invitation.email, self.person, self.password)
        )
        seat = Seat.objects.filter(party=self.organisation.party_ptr, user=self.user).first()
        if seat is None:
            seat = give_seat(self.organisation, self.user, invitation.role, given_by=invitation.invited_by)
        if invitation.space is not None:
            GrantRole(
                actor=None,
                space=invitation.space,
                role=invitation.space_role,
                user=self.user,
                through=self.organisation.party_ptr,
                source=f"members.invitation:{invitation.uuid}",
            ).execute()
        invitation.accepted_at = timezone.now()
        invitation.accepted_by = self.user
        invitation.save(update_fields=["accepted_at", "accepted_by"])
        if not preferences.language_chosen(self.user):
            preferences.SavePreferences(user=self.user, language=invitation.language).execute()
        return seat

    def log(self, result: Seat) -> None:
        record(
            "invitation.accept",
            self.organisation,
            Actor(self.user),
            person=person_name(self.user),
            role=result.role,
            invitation=str(self.invitation.uuid),
        )

    def committed(self, result: Seat) -> None:
        seat_changed.send(Seat, organisation_id=self.organisation.pk, user_id=self.user.pk)


class AskForInvitation(Action[Invitation]):
    """Tell whoever invited that the link does not work for the person who opened it; at most once a day.

    `actor` is the signed-in person when the link was opened by somebody with another address: his address is told to
    the one who invited, because he asks for it.
    """

    name = "members.ask_for_invitation"

    def __init__(self, *, token: str, actor: Actor | None = None):
        self.token = token
        self.actor = actor

    def check(self) -> None:
        invitation = invitations.find(self.token)
        if invitation is None:
            raise InvitationError(code="unknown")
        self.invitation = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
        if invitations.asked_today(self.invitation):
            raise AlreadyDone(gettext("We have already written to the person who invited you."))

    def write(self) -> Invitation:
        return self.invitation

    def log(self, result: Invitation) -> None:
        record(
            "invitation.ask",
            result.organisation,
            self.actor,
            person=person_name(self.actor.user) if self.actor else result.name or result.email,
            invitation=str(result.uuid),
        )

    def committed(self, result: Invitation) -> None:
        mails.send_request(result, self.actor.user if self.actor else None)
