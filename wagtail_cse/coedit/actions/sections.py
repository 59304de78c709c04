"""Saving one section as a form: for browsers without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_cse.access.actors import Actor
from wagtail_cse.core.exceptions import Invalid, Stale

from .. import merging, state, tree
from ..models import Document
from .base import DocumentAction

MAX_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Saved:
    """`seq`: the row that was written, None when nothing changed. `merged`: others had changed the section too."""

    seq: int | None
    merged: bool


class Conflicting(Stale):
    """Somebody changed the same words meanwhile.

    `blocks`: the section with my words where both differ, on top of what is there now; `conflicts`: the places, with
    both texts; `seq`: the state from which a second attempt starts.
    """

    code = "conflict"

    def __init__(self, message: str, blocks: list[tree.Tree], conflicts: list[merging.Conflict], seq: int):
        super().__init__(message)
        self.blocks = blocks
        self.conflicts = conflicts
        self.seq = seq


class SaveSection(DocumentAction[Saved]):
    """Replace what stands below the heading `bid` ("": before the first heading) by `text` (`coedit.markup`).

    `base`: sequence number of the state that the writer saw. What others changed since stays; where both changed the
    same words, `Conflicting` is raised and nothing is stored. Raises `Stale` when the section is gone.
    """

    name: ClassVar[str] = "cse_coedit.save_section"

    def __init__(self, *, actor: Actor, document: Document, bid: str, text: str, base: int):
        self.actor = actor
        self.document = document
        self.bid = bid
        self.text = text
        self.base = base

    def check(self) -> None:
        super().check()
        if len(self.text) > MAX_TEXT:
            raise Invalid(_("This section is too long to be saved at once. Save it in parts."), code="size")
        if not 0 <= self.base <= self.document.head:
            raise Invalid(_("This form is damaged. Copy your text, load the page again and paste it."), code="base")
        self.now = state.current(self.document)
        self.tree = tree.from_state(self.now)
        then = tree.from_doc(state.read(self.document.pk, upto=self.base).doc())
        place, was_place = merging.section(self.tree, self.bid), merging.section(then, self.bid)
        if place is None or was_place is None:
            raise Stale(
                _("Somebody removed this section while you were writing. Your text is still here: copy it."),
                code="gone",
            )
        self.place = place
        base, theirs = then["content"][slice(*was_place)], self.tree["content"][slice(*place)]
        merged = merging.merge(base, merging.typed(base, self.text), theirs)
        if merged.conflicts:
            raise Conflicting(
                _("Somebody changed the same words while you were writing. Nothing was saved yet; compare both."),
                merged.blocks,
                merged.conflicts,
                self.document.head,
            )
        self.blocks = merged.blocks
        self.others = base != theirs

    def write(self) -> Saved:
        start, end = self.place
        content: list[Any] = [*self.tree["content"][:start], *self.blocks, *self.tree["content"][end:]]
        seq = self.rewrite(self.now, {"type": "doc", "content": content or [tree.node("paragraph")]})
        return Saved(seq, self.others)

    def log(self, result: Saved) -> None:
        if result.seq is not None:
            log(self.document, self.name, user=self.actor.user, data={"seq": result.seq})
