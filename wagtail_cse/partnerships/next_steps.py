"""What is due next in a partnership, from whom, by when.

Apps above register a provider in `AppConfig.ready()`:

    next_steps.register("modeldocs", provider)

A provider gets all partnerships in question at once and one reader, and yields `NextStep`s; it must need the same
number of queries for one partnership and for twenty.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_cse.access import acting, rights
from wagtail_cse.access.models import Party

from . import people as people_module
from .dates import day
from .models import Partnership

TURN, WAIT, NONE = "turn", "wait", "none"

#: What stands first on the page.
_STATES = (TURN, WAIT, NONE)


@dataclass(frozen=True)
class Reader:
    """Who reads: the person, the parties he acts for, and his verbs per partnership."""

    user: Any
    party: Party | None
    parties: frozenset[int]
    #: Partnership key -> verbs held there.
    verbs: dict[int, frozenset[str]] = field(default_factory=dict)
    #: Everybody in the partnerships in question, by partnership key.
    people: dict[int, people_module.People] = field(default_factory=dict)

    def may(self, verb: str, partnership: Partnership) -> bool:
        return verb in self.verbs.get(partnership.pk, frozenset())

    def acts_for(self, partnership: Partnership) -> Party | None:
        """The reader's organisation in this partnership: the one he acts for now, else any of his."""
        mine = [p.organisation for p in partnership.partners.all() if p.organisation_id in self.parties]
        for organisation in mine:
            if self.party is not None and organisation.pk == self.party.pk:
                return organisation
        return mine[0] if mine else None


def reader_of(request: Any, partnerships: Sequence[Partnership]) -> Reader:
    """Who reads in this request, with rights and people of all `partnerships` (rows of `with_partners()`)."""
    actor = acting.actor(request)
    held = rights.of(request.user)
    return Reader(
        user=request.user,
        party=actor.party,
        parties=frozenset(held.parties()),
        verbs={partnership.pk: held.verbs(partnership.space) for partnership in partnerships},
        people=people_module.of_many(list(partnerships)),
    )


@dataclass(frozen=True)
class NextStep:
    """One thing that is due. Texts are in the reader's language.

    `state`: "turn" when the reader's organisation can do it now, "wait" when others can, "none" when nothing is due.
    `rank` orders within a state, smaller first; `by` is the day until which it should be done. `heading` is the small
    line above; empty: made from `state` and `who` (whose turn it is, or who is waited for).
    """

    partnership: Partnership
    text: str
    state: str = TURN
    meta: str = ""
    url: str = ""
    action: str = ""
    who: str = ""
    heading: str = ""
    by: dt.date | None = None
    rank: int = 100

    @property
    def label(self) -> str:
        """The small line above the text."""
        if self.heading:
            return self.heading
        if self.state == TURN:
            return _("Your turn, %(who)s") % {"who": self.who} if self.who else _("Your turn")
        if self.state == WAIT:
            return _("Waiting for %(who)s") % {"who": self.who} if self.who else _("Waiting for others")
        return _("Nothing is due")

    @property
    def order(self) -> tuple[int, dt.date, int]:
        return (_STATES.index(self.state), self.by or dt.date.max, self.rank)


Provider = Callable[[Sequence[Partnership], Reader], Iterable[NextStep]]

_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Add a provider; the last registration of a name wins."""
    _providers[name] = provider


def for_reader(partnerships: Sequence[Partnership], reader: Reader) -> dict[int, list[NextStep]]:
    """Per partnership, what is due: the reader's turns first, then by date. Always at least one step.

    A partnership that has ended has nothing due. Wants rows with `with_partners()` and `with_stages()`.
    """
    running = [partnership for partnership in partnerships if partnership.is_open]
    found: dict[int, list[NextStep]] = defaultdict(list)
    for provider in _providers.values():
        for step in provider(running, reader) if running else ():
            found[step.partnership.pk].append(step)
    for partnership in partnerships:
        steps = found[partnership.pk]
        steps.sort(key=lambda step: step.order)
        if not any(step.state in (TURN, WAIT) for step in steps):
            steps.append(nothing_due(partnership))
    return dict(found)


def nothing_due(partnership: Partnership) -> NextStep:
    """The calm line: the next date, when there is one."""
    if not partnership.is_open:
        return NextStep(partnership, _("This partnership has ended"), state=NONE)
    today = timezone.localdate()
    coming = [row for row in partnership.stage_dates.all() if row.starts > today]
    if not coming:
        return NextStep(partnership, _("Nobody waits for you here"), state=NONE)
    first = min(coming, key=lambda row: row.starts)
    text = _("The next stage, “%(stage)s”, begins on %(date)s") % {
        "stage": first.get_stage_display(),
        "date": day(first.starts),
    }
    return NextStep(partnership, text, state=NONE)


def own_steps(partnerships: Sequence[Partnership], reader: Reader) -> Iterable[NextStep]:
    """Steps about people: a side without coordinator, invitations that nobody answered yet."""
    for partnership in partnerships:
        people = reader.people[partnership.pk]
        url = reverse("cse_partnerships:people", args=[partnership.uuid])
        mine = reader.acts_for(partnership)
        manages = reader.may("manage", partnership)
        for side in people.without_coordinator:
            yield _coordinator_missing(partnership, side, mine, manages, url)
        for side in people.sides:
            for invitation in side.invitations:
                name = invitation.name or invitation.email
                yield NextStep(
                    partnership,
                    _("%(person)s has not answered the invitation yet") % {"person": name},
                    state=WAIT,
                    who=name,
                    meta=_("The link works until %(date)s.") % {"date": day(invitation.expires_at.date())},
                    url=url if manages else "",
                    action=_("Look at the invitation") if manages else "",
                    rank=80,
                )


def _coordinator_missing(
    partnership: Partnership, side: people_module.Side, mine: Party | None, manages: bool, url: str
) -> NextStep:
    if manages:
        return NextStep(
            partnership,
            _("%(organisation)s has no coordinator: choose one") % {"organisation": side.organisation},
            who=mine.name if mine else "",
            meta=_("Without a coordinator nobody there can let people in or say that a step is done."),
            url=url,
            action=_("Choose a coordinator"),
            rank=10,
        )
    return NextStep(
        partnership,
        _("%(organisation)s has no coordinator at the moment") % {"organisation": side.organisation},
        state=WAIT,
        rank=10,
    )
