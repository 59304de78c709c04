"""Setting up the network, after a click or a command."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from wagtail_cse.access.actions import GrantRole
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.network import is_secretariat, network_space
from wagtail_cse.access.roles import Role
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed
from wagtail_cse.members.accounts import find_by_email
from wagtail_cse.partnerships import page_models

from . import setup


def only_secretariat() -> str:
    """The sentence for everybody else."""
    return _("Only the network secretariat and the administrators of the site can set up the network.")


class SetUpNetwork(Action[list[Any]]):
    """Make what is missing and was asked for by its key (None: everything that is preset). Returns what was made.

    Running it twice makes nothing twice. `actor=None` is the command line.
    """

    name = "pages.set_up"

    def __init__(self, *, actor: Actor | None, keys: Collection[str] | None = None):
        self.actor = actor
        self.keys = keys

    def check(self) -> None:
        if self.actor is not None and not is_secretariat(self.actor.user):
            raise NotAllowed(
                _("Only the network secretariat and the administrators of the site can set up the network.")
            )

    def write(self) -> list[Any]:
        user = self.actor.user if self.actor else None
        made = []
        # Asked again after each one: the second language of a section is a translation of the first.
        for key in [item.key for item in setup.missing() if self._wanted(item)]:
            item = next((item for item in setup.missing() if item.key == key), None)
            if item is not None:
                made.append(setup.create(item, user))
        if self.keys is None or "workspaces" in self.keys:
            for partnership, locale in setup.workspace_copies():
                made.append(page_models.translate(partnership.page, locale, partnership, user))
        return made

    def _wanted(self, item: setup.Missing) -> bool:
        return item.preset if self.keys is None else item.key in self.keys


class AppointSecretary(Action[Any]):
    """Make somebody with an account a member of the secretariat, by e-mail address.

    Returns the person. Raises `NotAllowed`, `Invalid` (no account) or `AlreadyDone`.
    """

    name = "pages.appoint_secretary"

    def __init__(self, *, actor: Actor | None, email: str):
        self.actor = actor
        self.email = email.strip()

    def check(self) -> None:
        if self.actor is not None and not is_secretariat(self.actor.user):
            raise NotAllowed(
                _("Only the network secretariat and the administrators of the site can set up the network.")
            )
        self.user = find_by_email(self.email)
        if self.user is None or not self.user.is_active:
            raise Invalid(
                _("There is no active account with the address %(email)s. Make one in the user administration first.")
                % {"email": self.email}
            )
        from wagtail_cse.access.models import Grant

        grants = Grant.objects.filter(space__kind="network", role=Role.COORDINATOR, user=self.user)
        if grants.to_people().exists():
            raise AlreadyDone(_("This person already belongs to the secretariat."))

    def write(self) -> Any:
        GrantRole(
            actor=None, space=network_space(), role=Role.COORDINATOR, user=self.user, source="pages.secretariat"
        ).execute()
        return self.user
