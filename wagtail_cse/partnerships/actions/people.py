"""Who is in a workspace: adding, roles, removing, inviting."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wagtail_cse.access.actions import GrantRole, RevokeRole
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.models import Grant
from wagtail_cse.access.recompute import once
from wagtail_cse.access.roles import Role
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed, Stale
from wagtail_cse.members.accounts import person_name
from wagtail_cse.members.actions import InviteRepresentative, WithdrawInvitation
from wagtail_cse.members.actions import ResendInvitation as ResendMail
from wagtail_cse.members.models import Invitation, Organisation, Seat
from wagtail_cse.members.policies import may_administer

from .. import history, mails, policies, signals
from ..models import Partnership
from ..people import ROLES, source, strength


def give(partnership: Partnership, organisation: Organisation, user: Any, role: str, *, by: Actor) -> Grant:
    """Give a role through an organisation. The caller has checked: rights of `access` are not asked again."""
    grant = GrantRole(
        actor=None,
        space=partnership.space,
        role=role,
        user=user,
        through=organisation.party_ptr,
        source=source(organisation),
    ).execute()
    grant.granted_by = by.user
    grant.save(update_fields=["granted_by"])
    return grant


class PeopleAction(Action[Any]):
    """One organisation's people in one open partnership, decided by a coordinator of that organisation."""

    def __init__(self, *, actor: Actor, partnership: Partnership, organisation: Organisation):
        self.actor = actor
        self.partnership = partnership
        self.organisation = organisation

    def check(self) -> None:
        self.partnership = policies.locked(self.partnership)
        policies.require_side(self.actor.user, self.partnership, self.organisation)
        policies.require_open(self.partnership)
        self.check_input()

    def check_input(self) -> None:
        """Raise a domain error when the input cannot be accepted."""

    def grants(self, user: Any) -> list[Grant]:
        """The person's own grants here through this organisation that count now."""
        return list(
            Grant.objects.to_people()
            .filter(space=self.partnership.space_id, user=user, through=self.organisation.pk)
            .order_by("pk")
        )

    def role_of(self, user: Any) -> str:
        """The strongest role, or "" when the person is not in the workspace."""
        roles = [grant.role for grant in self.grants(user)]
        return max(roles, key=strength, default="")

    def require_other_coordinator(self, user: Any) -> None:
        """Raise `Invalid` when `user` is the only coordinator of the organisation."""
        others = policies.coordinator_grants(self.partnership).filter(through=self.organisation.pk)
        if others.exclude(user=user).exists():
            return
        raise Invalid(
            _(
                "%(person)s is the only coordinator of %(organisation)s. "
                "First make somebody else of %(organisation)s a coordinator."
            )
            % {"person": person_name(user), "organisation": self.organisation},
            code="last_coordinator",
        )

    def require_administrator(self) -> None:
        """Raise `NotAllowed` unless the actor may give seats in the organisation."""
        if not may_administer(self.actor.user, self.organisation):
            raise NotAllowed(
                _("Only an owner of %(organisation)s can invite somebody new to it.")
                % {"organisation": self.organisation}
            )

    def words(self, user: Any, **more: Any) -> dict[str, Any]:
        return {"person": person_name(user), "organisation": self.organisation.name, **more}

    def grant(self, user: Any, role: str) -> Grant:
        return give(self.partnership, self.organisation, user, role, by=self.actor)

    def committed(self, result: Any) -> None:
        signals.people_changed.send(Partnership, partnership=self.partnership)


class AddPerson(PeopleAction):
    """Let a representative of a partner organisation in."""

    name = "partnerships.add"

    def __init__(self, *, user: Any, role: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.user = user
        self.role = role

    def check_input(self) -> None:
        if self.role not in ROLES:
            raise Invalid(_("Choose a role."))
        if not Seat.objects.valid().filter(party=self.organisation.pk, user=self.user).exists():
            raise Invalid(
                _("%(person)s has no seat in %(organisation)s any more.") % self.words(self.user), code="no_seat"
            )
        if self.role_of(self.user):
            raise AlreadyDone(_("%(person)s is already in this workspace.") % self.words(self.user))

    def write(self) -> Grant:
        return self.grant(self.user, self.role)

    def log(self, result: Grant) -> None:
        history.record("add", self.partnership, self.actor, **self.words(self.user, role=self.role))

    def committed(self, result: Grant) -> None:
        super().committed(result)
        mails.tell(
            "person_added",
            self.user,
            self.partnership,
            self.organisation,
            self.role,
            giver=person_name(self.actor.user),
        )


class ChangeRole(PeopleAction):
    """Give a person in the workspace another role. `was` is the role that the form showed (None: not checked)."""

    name = "partnerships.role"

    def __init__(self, *, user: Any, role: str, was: str | None = None, **kwargs: Any):
        super().__init__(**kwargs)
        self.user = user
        self.role = role
        self.was = was

    def check_input(self) -> None:
        if self.role not in ROLES:
            raise Invalid(_("Choose a role."))
        self.before = self.role_of(self.user)
        if not self.before:
            raise Stale(_("%(person)s is no longer in this workspace.") % self.words(self.user))
        if self.before == self.role:
            raise AlreadyDone(_("%(person)s already has this role.") % self.words(self.user))
        if self.was and self.was != self.before:
            raise Stale(
                _("Somebody changed the role of %(person)s to “%(role)s” after you opened this page. Look again.")
                % self.words(self.user, role=dict(Role.choices)[self.before])
            )
        if self.before == Role.COORDINATOR:
            self.require_other_coordinator(self.user)

    def write(self) -> Grant:
        with once():
            return self._replace()

    def _replace(self) -> Grant:
        old = self.grants(self.user)
        kept = [grant for grant in old if grant.role == self.role and grant.source == source(self.organisation)]
        for grant in old:
            if grant not in kept:
                RevokeRole(actor=None, grant=grant).execute()
        return kept[0] if kept else self.grant(self.user, self.role)

    def log(self, result: Grant) -> None:
        history.record(
            "role", self.partnership, self.actor, **self.words(self.user, role=self.role, before=self.before)
        )


class RemovePerson(PeopleAction):
    """End every right that a person holds here through the organisation. The seat there stays."""

    name = "partnerships.remove"

    def __init__(self, *, user: Any, **kwargs: Any):
        super().__init__(**kwargs)
        self.user = user

    def check_input(self) -> None:
        self.before = self.role_of(self.user)
        if not self.before:
            raise AlreadyDone(_("%(person)s is no longer in this workspace.") % self.words(self.user))
        if self.before == Role.COORDINATOR:
            self.require_other_coordinator(self.user)

    def write(self) -> None:
        with once():
            for grant in self.grants(self.user):
                RevokeRole(actor=None, grant=grant).execute()

    def log(self, result: None) -> None:
        history.record("remove", self.partnership, self.actor, **self.words(self.user, before=self.before))


class InviteToWorkspace(PeopleAction):
    """Invite somebody who has no seat yet: the mailed link gives a seat and this role.

    Whoever invites must be allowed to invite for the organisation too: a seat in it is the organisation's to give.
    """

    name = "partnerships.invite"

    def __init__(self, *, email: str, person: str, role: str, language: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.email = email
        self.person = person
        self.role = role
        self.language = language

    def check_input(self) -> None:
        if self.role not in ROLES:
            raise Invalid(_("Choose a role."))
        self.require_administrator()

    def write(self) -> Invitation:
        return InviteRepresentative(
            actor=self.actor,
            organisation=self.organisation,
            email=self.email,
            name=self.person,
            language=self.language,
            space=self.partnership.space,
            space_role=self.role,
        ).execute()

    def log(self, result: Invitation) -> None:
        history.record(
            "invite",
            self.partnership,
            self.actor,
            person=self.person or self.email,
            organisation=self.organisation.name,
            role=self.role,
        )


class InvitationAction(PeopleAction):
    """Something done to an open invitation to this workspace."""

    def __init__(self, *, actor: Actor, partnership: Partnership, invitation: Invitation):
        super().__init__(actor=actor, partnership=partnership, organisation=invitation.organisation)
        self.invitation = invitation

    def check_input(self) -> None:
        self.require_administrator()

    def words_of_invitation(self) -> dict[str, str]:
        return {
            "person": self.invitation.name or self.invitation.email,
            "organisation": self.organisation.name,
        }


class WithdrawWorkspaceInvitation(InvitationAction):
    """The mailed link stops working."""

    name = "partnerships.withdraw"

    def write(self) -> Invitation:
        return WithdrawInvitation(actor=self.actor, invitation=self.invitation).execute()

    def log(self, result: Invitation) -> None:
        history.record("withdraw", self.partnership, self.actor, **self.words_of_invitation())


class ResendInvitation(InvitationAction):
    """Mail a new link; the one mailed before stops working."""

    name = "partnerships.resend"

    def write(self) -> Invitation:
        return ResendMail(actor=self.actor, invitation=self.invitation).execute()

    def log(self, result: Invitation) -> None:
        history.record("resend", self.partnership, self.actor, **self.words_of_invitation())
