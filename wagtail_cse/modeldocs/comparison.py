"""Two states of a text beside each other: by section, with who changed what."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_cse.coedit import diff, state
from wagtail_cse.coedit.models import Document, Version
from wagtail_cse.core.times import day_words, local_day

from . import contributions
from .contributions import Contribution


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two states; `version` None is the draft."""

    version: Version | None
    tree: dict[str, Any]
    seq: int
    label: str

    @property
    def key(self) -> str:
        """Its value in the address."""
        return str(self.version.number) if self.version else DRAFT


@dataclass(frozen=True, slots=True)
class Row:
    """One block that differs. `gap`: unchanged text stands before it. `colour`: 1-12 of its only author, else 0."""

    block: diff.BlockDiff
    gap: bool
    colour: int

    @property
    def heading(self) -> bool:
        return self.block.node["type"] == "heading"


@dataclass(slots=True)
class Section:
    """A section that differs, or (`rows` empty) one that reads the same."""

    title: str
    status: str
    rows: list[Row] = field(default_factory=list)
    people: list[Contribution] = field(default_factory=list)
    moved: bool = False

    @property
    def changed(self) -> bool:
        return self.status != "same" or self.moved


DRAFT = "draft"


def side_of(document: Document, version: Version | None) -> Side:
    """A version, or (None) the draft as it is now."""
    if version is not None:
        return Side(version, version.content, version.seq, _version_label(version))
    loaded = state.read(document.pk)
    now = timezone.localtime()
    label = _("Draft, today %(time)s") % {"time": f"{now:%H:%M}"}
    return Side(None, state.tree.from_doc(loaded.doc()), loaded.seq, label)


def _version_label(version: Version) -> str:
    values = {
        "number": version.number,
        "name": version.name,
        "day": day_words(local_day(version.created_at), weekday=False),
    }
    if version.name:
        return _("Version %(number)d, “%(name)s”, %(day)s") % values
    return _("Version %(number)d, %(day)s") % values


def sections(document: Document, old: Side, new: Side) -> list[Section]:
    """All sections in the order of the new text."""
    found = diff.compare(old.tree, new.tree)
    people = contributions.between(document, old.seq, new.seq)
    return [_section(one, people) for one in found.sections(level=2)]


def _section(found: diff.SectionDiff, people: dict[str, list[Contribution]]) -> Section:
    section = Section(found.title.strip() or _("Before the first heading"), found.status, moved=found.moved)
    gap = False
    bids: list[str] = []
    for block in found.blocks:
        if block.status == "same" and not block.moved:
            gap = gap or block.node is not found.heading
            continue
        empty = not any(part.text.strip() for part in block.parts)
        if empty and block.node["type"] == "paragraph":
            continue
        ids = [node["attrs"]["bid"] for node in (block.old, block.new) if node]
        bids.extend(ids)
        section.rows.append(Row(block, gap, _colour(contributions.merged(people, ids))))
        gap = False
    section.people = contributions.merged(people, bids)
    if not section.rows:
        section.status, section.moved = "same", False
    return section


def _colour(people: list[Contribution]) -> int:
    colours = {one.party.colour for one in people if one.party}
    return colours.pop() if len(colours) == 1 else 0


def summary(found: list[Section]) -> str:
    """ "2 sections changed, 1 is new, 6 are as they were." """
    counts = {name: sum(_kind(one) == name for one in found) for name in ("changed", "added", "removed", "same")}
    pieces = []
    for name, words in (
        ("changed", ngettext("%(n)d section changed", "%(n)d sections changed", counts["changed"])),
        ("added", ngettext("%(n)d section is new", "%(n)d sections are new", counts["added"])),
        ("removed", ngettext("%(n)d section is gone", "%(n)d sections are gone", counts["removed"])),
        ("same", ngettext("%(n)d section is as it was", "%(n)d sections are as they were", counts["same"])),
    ):
        if counts[name]:
            pieces.append(words % {"n": counts[name]})
    if counts["same"] == len(found):
        return _("Nothing changed: both read the same.")
    return _("%(pieces)s.") % {"pieces": ", ".join(pieces)}


def _kind(section: Section) -> str:
    return section.status if section.status in ("added", "removed") else "changed" if section.changed else "same"
