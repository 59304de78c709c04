"""Reading: who is in a workspace, per organisation, with what right, and why. A fixed number of queries."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_cse.access.models import Grant
from wagtail_cse.access.roles import ROLE_VERB, VERBS, Role
from wagtail_cse.members.accounts import person_name
from wagtail_cse.members.models import Invitation, Mandate, Organisation, Seat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .models import Partnership

#: Roles that a coordinator gives, strongest first.
ROLES: tuple[str, ...] = (Role.COORDINATOR, Role.PUBLISHER, Role.EDITOR, Role.COMMENTER, Role.OBSERVER)

#: Roles as they stand after a name: “Defne Aydın, coordinator”.
ROLE_WORDS: dict[str, Any] = {
    Role.COORDINATOR: gettext_lazy("coordinator"),
    Role.PUBLISHER: gettext_lazy("editor who may publish"),
    Role.EDITOR: gettext_lazy("editor"),
    Role.COMMENTER: gettext_lazy("commenter"),
    Role.OBSERVER: gettext_lazy("observer"),
}

#: Start of a grant's source -> why the right is there.
REASONS = {
    "partnerships.partner": gettext_lazy("Chosen by a coordinator or the secretariat for %(organisation)s"),
    "members.invitation": gettext_lazy("Accepted an invitation for %(organisation)s"),
    "access.manual": gettext_lazy("Given by hand"),
}


@dataclass
class Person:
    """One person in the workspace, through one organisation (or none)."""

    user: Any
    name: str
    role: str
    since: dt.datetime
    until: dt.datetime | None
    reasons: list[str] = field(default_factory=list)
    given_by: str = ""
    may_sign: bool = False
    function: str = ""

    @property
    def role_label(self) -> str:
        return str(dict(Role.choices)[self.role])

    @property
    def role_words(self) -> str:
        """The role inside a sentence: “coordinator”."""
        return str(ROLE_WORDS[self.role])

    @property
    def is_coordinator(self) -> bool:
        return self.role == Role.COORDINATOR


@dataclass
class Side:
    """One partner organisation and its people here."""

    organisation: Organisation
    people: list[Person] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    #: Whether the reader decides about these people.
    mine: bool = False
    #: Whether the reader may also give seats in the organisation, and so invite somebody new.
    invites: bool = False

    @property
    def coordinators(self) -> list[Person]:
        return [person for person in self.people if person.is_coordinator]


@dataclass
class People:
    """Everybody in one workspace."""

    sides: list[Side]
    #: In by a right of their own, through no organisation (a mentor, for example).
    others: list[Person]

    @property
    def count(self) -> int:
        return len(
            {person.user.pk for side in self.sides for person in side.people} | {p.user.pk for p in self.others}
        )

    @property
    def without_coordinator(self) -> list[Side]:
        return [side for side in self.sides if not side.coordinators]


def strength(role: str) -> int:
    """Rank of a role by its strongest verb; higher is stronger."""
    return VERBS.index(ROLE_VERB[role])


def source(organisation: Organisation) -> str:
    """The source of grants that a partnership gives to an organisation's people."""
    return f"partnerships.partner:{organisation.key}"


def of(partnership: Partnership) -> People:
    """Who may enter now: valid personal grants, by organisation in order of joining."""
    return of_many([partnership])[partnership.pk]


def of_many(partnerships: list[Partnership]) -> dict[int, People]:
    """`of` for several partnerships at once, in the same number of queries. Wants `with_partners()` rows."""
    spaces = {partnership.space_id: partnership for partnership in partnerships}
    sides = {
        partnership.pk: {
            partner.organisation_id: Side(partner.organisation) for partner in partnership.partners.all()
        }
        for partnership in partnerships
    }
    found = {
        partnership.pk: People(sides=list(sides[partnership.pk].values()), others=[]) for partnership in partnerships
    }
    organisations = {pk: side.organisation for by_pk in sides.values() for pk, side in by_pk.items()}
    signers = _signers(organisations.values())
    _fill_people(spaces, sides, found, signers)
    invitations = Invitation.objects.open().filter(space__in=spaces).order_by("invited_at", "pk")
    for invitation in invitations:
        side = sides[spaces[invitation.space_id].pk].get(invitation.organisation_id)
        if side is not None:
            side.invitations.append(invitation)
    return found


def _signers(organisations: Iterable[Organisation]) -> dict[tuple[int, Any], str]:
    """Function by (organisation, person) of all who may sign today, by each organisation's own calendar."""
    by_day: dict[dt.date, list[int]] = defaultdict(list)
    for organisation in organisations:
        by_day[organisation.today()].append(organisation.pk)
    found = {}
    for day, keys in by_day.items():  # two or three days at most, whatever the number of organisations
        mandates = Mandate.objects.valid(day).filter(organisation__in=keys, purpose=Mandate.Purpose.SIGN)
        found |= {(row.organisation_id, row.user_id): row.function for row in mandates}
    return found


def _fill_people(spaces: dict, sides: dict, found: dict[int, People], signers: dict) -> None:
    grants = (
        Grant.objects.to_people()
        .filter(space__in=spaces)
        .select_related("user", "through", "granted_by")
        .order_by("granted_at", "pk")
    )
    persons: dict[tuple, Person] = {}
    for grant in grants:
        partnership = spaces[grant.space_id]
        side = sides[partnership.pk].get(grant.through_id)
        key = (partnership.pk, grant.user_id, side and grant.through_id)
        person = persons.get(key)
        if person is None:
            person = persons[key] = _person(grant, signers)
            (side.people if side else found[partnership.pk].others).append(person)
        elif strength(grant.role) > strength(person.role):
            person.role = grant.role
        reason = _reason(grant)
        if reason not in person.reasons:
            person.reasons.append(reason)
    for by_organisation in sides.values():
        for side in by_organisation.values():
            side.people.sort(key=lambda person: (-strength(person.role), person.name.casefold()))


def _person(grant: Grant, signers: dict) -> Person:
    function = signers.get((grant.through_id, grant.user_id))
    return Person(
        user=grant.user,
        name=person_name(grant.user),
        role=grant.role,
        since=grant.granted_at,
        until=grant.expires,
        given_by=person_name(grant.granted_by) if grant.granted_by else "",
        may_sign=function is not None,
        function=function or "",
    )


def _reason(grant: Grant) -> str:
    words = REASONS.get(grant.source.partition(":")[0], REASONS["access.manual"])
    return str(words) % {"organisation": grant.through.name if grant.through else _("no organisation")}


def seats_of(organisations: Iterable[Organisation]) -> dict[int, list[Seat]]:
    """Valid seats per organisation, by name; one query."""
    found: dict[int, list[Seat]] = {organisation.pk: [] for organisation in organisations}
    for seat in Seat.objects.valid().filter(party__in=found).select_related("user"):
        found[seat.party_id].append(seat)
    for seats in found.values():
        # Sorted here, because a site's user model need not have name columns.
        seats.sort(key=lambda seat: person_name(seat.user).casefold())
    return found


def not_yet_in(people: People) -> dict[int, list[Seat]]:
    """Per organisation, representatives who are not in the workspace; one query."""
    seats = seats_of([side.organisation for side in people.sides])
    for side in people.sides:
        inside = {person.user.pk for person in side.people}
        seats[side.organisation.pk] = [seat for seat in seats[side.organisation.pk] if seat.user_id not in inside]
    return seats
