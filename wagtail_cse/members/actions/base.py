"""What the actions on one organisation share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.http import Http404
from django.utils.translation import gettext
from wagtail.log_actions import log

from wagtail_cse.access.actors import Actor
from wagtail_cse.access.network import is_secretariat
from wagtail_cse.access.recompute import concerned, lock
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import NotAllowed

from ..models import Organisation
from ..policies import may_administer, may_see_people

Result = TypeVar("Result")


def record(action: str, organisation: Organisation, actor: Actor | None, **data: Any) -> None:
    """Write one line of the organisation's history: who, acting for whom, what, about whom."""
    if actor is not None and actor.party is not None:
        data["party"] = actor.party.name
    log(instance=organisation, action=f"cse_members.{action}", user=actor.user if actor else None, data=data)


def require_secretariat(actor: Actor) -> None:
    """Raise a bare 404, as for an address that does not exist, for everybody but the secretariat."""
    if not is_secretariat(actor.user):
        raise Http404


def lock_spaces(organisation: Organisation, *users: Any, also: Iterable[int] = ()) -> None:
    """Lock every Space that a change of seats or of the organisation's state touches, before the organisation.

    Spaces first, in the order of their keys: an action on a workspace holds its Space when it invites people.
    """
    people = [user.pk for user in users if user is not None]
    ids = set(concerned(parties=[organisation.pk], users=people, members=True))
    lock({*ids, organisation.space_id, *also})


class OrganisationAction(Action[Result]):
    """An action on one organisation: its row is locked before anything is decided."""

    def __init__(self, *, actor: Actor, organisation: Organisation):
        self.actor = actor
        self.organisation = organisation

    def lock(self) -> None:
        """Lock the organisation and read it afresh."""
        self.organisation = (
            Organisation.objects.select_for_update(of=("self", "party_ptr"))
            .select_related("space")
            .get(pk=self.organisation.pk)
        )

    def require_administrator(self) -> None:
        """Owners and the secretariat: 403 for the other people of the organisation, 404 for everybody else."""
        if may_administer(self.actor.user, self.organisation):
            return
        if not may_see_people(self.actor.user, self.organisation):
            raise Http404
        raise NotAllowed(
            gettext("Only the owners of %(organisation)s can do this. Ask one of them.")
            % {"organisation": self.organisation.name}
        )

    def require_secretariat(self) -> None:
        """The secretariat: 403 for the organisation's own people, 404 for everybody else."""
        if is_secretariat(self.actor.user):
            return
        if not may_see_people(self.actor.user, self.organisation):
            raise Http404
        raise NotAllowed(gettext("Only the secretariat of the network can do this."))
