"""What a person may do with an organisation. Its own Space decides; the secretariat looks after all of them."""

from __future__ import annotations

from typing import Any

from wagtail_cse.access.network import is_secretariat
from wagtail_cse.access.policies import can

from .models import Organisation, Seat

#: What a seat is worth in the organisation's own Space.
SEAT_ROLES: dict[str, str] = {
    Seat.Role.OWNER: "coordinator",
    Seat.Role.REPRESENTATIVE: "commenter",
    Seat.Role.EDITOR: "publisher",
    Seat.Role.TRANSLATOR: "commenter",
}


def may_administer(user: Any, organisation: Organisation) -> bool:
    """Invite, give and withdraw mandates, change seats: its owners, and the secretariat."""
    return can(user, "manage", organisation.space) or is_secretariat(user)


def may_see_people(user: Any, organisation: Organisation) -> bool:
    """Read who sits in the organisation and who may sign: everybody in it, and the secretariat."""
    return can(user, "view", organisation.space) or is_secretariat(user)


def may_edit_profile(user: Any, organisation: Organisation) -> bool:
    """Write and publish the public profile: owners and editors, and the secretariat."""
    return organisation.is_public and (can(user, "publish", organisation.space) or is_secretariat(user))
