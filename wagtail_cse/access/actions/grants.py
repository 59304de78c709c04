"""Giving, changing and taking away roles."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from wagtail_cse.core.exceptions import Invalid

from .. import rights
from ..actors import Actor
from ..models import Grant, Party, Space
from ..recompute import recompute
from ..roles import ROLE_VERB, Role
from .base import SpaceAction, last_coordinator


class GrantRole(SpaceAction[Grant]):
    """Give a role in `space` to a person or to a party, from a named source.

    The same role from the same source a second time only changes its time: sending a form twice is harmless.
    `through`: a right of a person that ends with his membership in that party.
    """

    name = "cse_access.grant"

    def __init__(
        self,
        *,
        actor: Actor | None,
        space: Space,
        role: str,
        user: Any = None,
        party: Party | None = None,
        through: Party | None = None,
        source: str = "access.manual",
        starts: dt.datetime | None = None,
        expires: dt.datetime | None = None,
    ):
        if role not in ROLE_VERB:
            raise ValueError(f"Unknown role {role!r}")
        if (user is None) == (party is None) or (party is not None and through is not None):
            raise ValueError("A grant is for one person (perhaps through a party) or for one party")
        self.actor = actor
        self.space = space
        self.role = role
        self.user = user
        self.party = party
        self.through = through
        self.source = source
        self.starts = starts
        self.expires = expires

    def check(self) -> None:
        super().check()
        if self.starts and self.expires and self.expires <= self.starts:
            raise Invalid(_("The end must be later than the beginning."))
        if self.party is not None and not Party.objects.filter(pk=self.party.pk).exists():
            raise Invalid(_("This organisation no longer exists."))
        if self.user is not None and not get_user_model()._default_manager.filter(pk=self.user.pk).exists():
            raise Invalid(_("This person no longer has an account."))
        parent = self.space.parent
        if parent is not None and self.user is not None and "view" not in rights.of(self.user).verbs(parent):
            raise Invalid(_("This room holds only people of the space around it. Add the person there first."))

    def write(self) -> Grant:
        # Base keys only: the callers hand in children such as members.Organisation.
        grant, _created = Grant.objects.update_or_create(
            space=self.space,
            user=self.user,
            party_id=self.party.pk if self.party else None,
            role=self.role,
            source=self.source,
            defaults={
                "through_id": self.through.pk if self.through else None,
                "starts": self.starts,
                "expires": self.expires,
            },
            create_defaults={
                "through_id": self.through.pk if self.through else None,
                "starts": self.starts,
                "expires": self.expires,
                "granted_by": self.actor.user if self.actor else None,
            },
        )
        recompute(self.space, users=[self.user.pk] if self.user is not None else [])
        return grant

    def log(self, result: Grant) -> None:
        self.write_log(self.name, **grant_data(result))


class RevokeRole(SpaceAction[bool]):
    """Take one grant away; False when it was gone already. Other sources of the same role stay.

    A person cannot take away the last coordinator of a Space: nobody could open it again.
    """

    name = "cse_access.revoke"

    def __init__(self, *, actor: Actor | None, grant: Grant):
        self.actor = actor
        self.space = grant.space
        self.grant = grant

    def check(self) -> None:
        super().check()
        self.present = Grant.objects.filter(pk=self.grant.pk, space=self.space).first()
        if self.actor is not None and self.present is not None:
            keep_a_coordinator(self.space, self.present)

    def write(self) -> bool:
        if self.present is None:
            return False
        self.data = grant_data(self.present)
        self.present.delete()
        recompute(self.space, users=[self.grant.user_id] if self.grant.user_id is not None else [])
        return True

    def log(self, result: bool) -> None:
        if result:
            self.write_log(self.name, **self.data)


class ChangeRole(SpaceAction[Grant]):
    """Another role for the same person or party, from the same source and for the same time."""

    name = "cse_access.change_role"

    def __init__(self, *, actor: Actor | None, grant: Grant, role: str):
        if role not in ROLE_VERB:
            raise ValueError(f"Unknown role {role!r}")
        self.actor = actor
        self.space = grant.space
        self.grant = grant
        self.role = role

    def check(self) -> None:
        super().check()
        present = Grant.objects.filter(pk=self.grant.pk, space=self.space).first()
        if present is None:
            raise Invalid(_("This role was taken away in the meantime."))
        self.grant = present
        if self.actor is not None and self.role != Role.COORDINATOR:
            keep_a_coordinator(self.space, present)

    def write(self) -> Grant:
        same = Grant.objects.filter(
            space=self.space,
            user=self.grant.user_id,
            party=self.grant.party_id,
            source=self.grant.source,
            role=self.role,
        )
        same.exclude(pk=self.grant.pk).delete()
        self.before = self.grant.role
        self.grant.role = self.role
        self.grant.save(update_fields=["role"])
        recompute(self.space, users=[self.grant.user_id] if self.grant.user_id is not None else [])
        return self.grant

    def log(self, result: Grant) -> None:
        self.write_log(self.name, before=self.before, **grant_data(result))


class RevokeSource(SpaceAction[int]):
    """Take away everything that one source gave in a Space, to one person or party, or to all; returns how many.

    With `party`, the grants of people through that party from this source go too.
    """

    name = "cse_access.revoke_source"

    def __init__(
        self, *, actor: Actor | None, space: Space, source: str, user: Any = None, party: Party | None = None
    ):
        self.actor = actor
        self.space = space
        self.source = source
        self.user = user
        self.party = party

    def check(self) -> None:
        super().check()
        grants = Grant.objects.filter(space=self.space, source=self.source)
        if self.user is not None:
            grants = grants.filter(user=self.user)
        if self.party is not None:
            grants = grants.filter(party_id=self.party.pk) | grants.filter(through_id=self.party.pk)
        self.grants = list(grants)
        if self.actor is not None:
            for grant in self.grants:
                keep_a_coordinator(self.space, grant)

    def write(self) -> int:
        Grant.objects.filter(pk__in=[grant.pk for grant in self.grants]).delete()
        people = {grant.user_id for grant in self.grants if grant.user_id is not None}
        if self.grants:
            recompute(self.space, users=people)
        return len(self.grants)

    def log(self, result: int) -> None:
        if result:
            self.write_log(self.name, source=self.source, count=result)


def keep_a_coordinator(space: Space, grant: Grant) -> None:
    """Raise `Invalid` when `grant` is the last one that lets somebody coordinate `space`."""
    if grant.role == Role.COORDINATOR and last_coordinator(space, without=grant):
        raise Invalid(_("This is the last coordinator here. Make somebody else coordinator first."))


def grant_data(grant: Grant) -> dict[str, Any]:
    """What the audit log keeps of a grant: keys, no names."""
    return {
        "role": str(grant.role),
        "user": str(grant.user_id) if grant.user_id is not None else None,
        "party": grant.party_id,
        "through": grant.through_id,
        "source": grant.source,
        "starts": grant.starts.isoformat() if grant.starts else None,
        "expires": grant.expires.isoformat() if grant.expires else None,
    }
