"""Suspend an organisation and let it back in."""

from __future__ import annotations

from django.utils.translation import gettext
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import ModelLogEntry

from wagtail_cse.access import parties
from wagtail_cse.access.actors import Actor
from wagtail_cse.core.exceptions import AlreadyDone, Invalid

from ..models import Organisation
from ..profiles import profiles_of
from ..signals import organisation_changed
from .base import OrganisationAction, lock_spaces, record


class SuspendOrganisation(OrganisationAction[Organisation]):
    """Take away every right through the organisation at once, and take its profile pages off the site.

    People, mandates and invitations stay recorded, and count again after `ReactivateOrganisation`.
    """

    name = "members.suspend_organisation"

    def __init__(self, *, actor: Actor, organisation: Organisation, reason: str):
        super().__init__(actor=actor, organisation=organisation)
        self.reason = reason.strip()

    def check(self) -> None:
        lock_spaces(self.organisation)
        self.lock()
        self.require_secretariat()
        if self.organisation.status == Organisation.Status.SUSPENDED:
            raise AlreadyDone(
                gettext("%(organisation)s is already suspended.") % {"organisation": self.organisation.name}
            )
        if self.organisation.status != Organisation.Status.MEMBER:
            raise Invalid(gettext("Only a member can be suspended."))
        if not self.reason:
            raise Invalid(gettext("Write the reason. It stays in the history of the organisation."), code="reason")

    def write(self) -> Organisation:
        self.organisation.status = Organisation.Status.SUSPENDED
        self.organisation.save(update_fields=["status"])
        parties.set_active(self.organisation, False)
        live = list(profiles_of(self.organisation).filter(live=True))
        self.pages = [page.pk for page in live]
        for page in live:
            UnpublishPageAction(page, user=self.actor.user).execute(skip_permission_checks=True)
        return self.organisation

    def log(self, result: Organisation) -> None:
        record("suspend", result, self.actor, reason=self.reason, pages=self.pages)

    def committed(self, result: Organisation) -> None:
        organisation_changed.send(Organisation, organisation_id=result.pk)


class ReactivateOrganisation(OrganisationAction[Organisation]):
    """Let the organisation's rights count again, and put back the profile pages that the suspension took away."""

    name = "members.reactivate_organisation"

    def check(self) -> None:
        lock_spaces(self.organisation)
        self.lock()
        self.require_secretariat()
        if self.organisation.status == Organisation.Status.MEMBER:
            raise AlreadyDone(
                gettext("%(organisation)s is already a member.") % {"organisation": self.organisation.name}
            )
        if self.organisation.status != Organisation.Status.SUSPENDED:
            raise Invalid(gettext("Only a suspended organisation can be reactivated."))

    def write(self) -> Organisation:
        self.organisation.status = Organisation.Status.MEMBER
        self.organisation.save(update_fields=["status"])
        parties.set_active(self.organisation, True)
        # A page that was published again or thrown away by hand in the meantime is left as it is.
        for page in profiles_of(self.organisation).filter(pk__in=self._pages_taken_away(), live=False):
            page.get_latest_revision().publish(user=self.actor.user, skip_permission_checks=True)
        return self.organisation

    def _pages_taken_away(self) -> list[int]:
        suspensions = ModelLogEntry.objects.for_instance(self.organisation).filter(action="cse_members.suspend")
        entry = suspensions.order_by("-timestamp", "-pk").first()
        return list(entry.data.get("pages", [])) if entry else []

    def log(self, result: Organisation) -> None:
        record("reactivate", result, self.actor)

    def committed(self, result: Organisation) -> None:
        organisation_changed.send(Organisation, organisation_id=result.pk)
