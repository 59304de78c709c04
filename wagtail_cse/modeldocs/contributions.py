"""Who changed which block between two moments of a document, read from the log."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone

from wagtail_cse.access.models import Party
from wagtail_cse.coedit import state, tree
from wagtail_cse.coedit.models import Document, Update

#: The text is read once per run of edits by one person on one day. Beyond this many runs several are read together,
#: and what changed in them counts for all of their authors: an honest blur instead of a slow page.
MAX_STEPS = 120

Author = tuple[Any, int | None]


@dataclass(slots=True)
class Contribution:
    """One person for one organisation (each None when erased), and the days on which the block was changed."""

    user: Any
    party: Party | None
    days: list[dt.date] = field(default_factory=list)


@dataclass(slots=True)
class _Run:
    authors: dict[Author, set[dt.date]]
    data: list[bytes]


def between(document: Document, first: int, last: int) -> dict[str, list[Contribution]]:
    """Block id -> who changed it in the updates after `first` up to `last`, in the order of their first change.

    Five queries, whatever the length.
    """
    rows = list(
        Update.objects.filter(document=document, seq__gt=first, seq__lte=last)
        .order_by("seq")
        .values_list("user_id", "party_id", "at", "data")
    )
    if not rows:
        return {}
    ydoc = state.read(document.pk, upto=first).doc()
    touched: dict[str, dict[Author, set[dt.date]]] = defaultdict(lambda: defaultdict(set))
    before = _blocks(tree.from_doc(ydoc))
    for run in _runs(rows):
        with ydoc.transaction():
            for data in run.data:
                ydoc.apply_update(data)
        after = _blocks(tree.from_doc(ydoc))
        for bid in before.keys() | after.keys():
            if before.get(bid) != after.get(bid):
                for author, days in run.authors.items():
                    touched[bid][author] |= days
        before = after
    return _named(touched)


def merged(found: dict[str, list[Contribution]], bids: Iterable[str]) -> list[Contribution]:
    """The contributions to several blocks as one list, each person for each organisation once."""
    together: dict[Author, Contribution] = {}
    for bid in bids:
        for one in found.get(bid, ()):
            key = (getattr(one.user, "pk", None), getattr(one.party, "pk", None))
            kept = together.setdefault(key, Contribution(one.user, one.party))
            kept.days = sorted({*kept.days, *one.days})
    return sorted(together.values(), key=lambda one: one.days[0])


def _runs(rows: list[tuple]) -> Iterator[_Run]:
    runs: list[_Run] = []
    last: tuple | None = None
    for user, party, at, data in rows:
        day = timezone.localtime(at).date()
        key = (user, party, day)
        if key == last:
            runs[-1].data.append(bytes(data))
        else:
            runs.append(_Run({(user, party): {day}}, [bytes(data)]))
        last = key
    size = -(-len(runs) // MAX_STEPS)
    for start in range(0, len(runs), size):
        group = _Run({}, [])
        for run in runs[start : start + size]:
            group.data.extend(run.data)
            for author, days in run.authors.items():
                group.authors.setdefault(author, set()).update(days)
        yield group


def _blocks(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["attrs"]["bid"]: block for block in content["content"]}


def _named(touched: dict[str, dict[Author, set[dt.date]]]) -> dict[str, list[Contribution]]:
    authors = {author for one in touched.values() for author in one}
    users = get_user_model()._default_manager.in_bulk({user for user, _party in authors if user})
    parties = Party.objects.in_bulk({party for _user, party in authors if party})
    return {
        bid: sorted(
            (Contribution(users.get(user), parties.get(party), sorted(days)) for (user, party), days in one.items()),
            key=lambda contribution: contribution.days[0],
        )
        for bid, one in touched.items()
    }
