"""Before signing: what is still missing in the draft, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_cse.coedit import render, state
from wagtail_cse.coedit.models import Thread

from . import document_templates
from .models import ModelDocument


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the text. `key` is empty for headings that are not a template's."""

    key: str
    title: str
    bid: str
    empty: bool

    @property
    def anchor(self) -> str:
        return render.anchor(self.bid)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. `hint`: the question of an empty section; `anchor`: where it stands in the text."""

    text: str
    done: bool
    hint: str = ""
    anchor: str = ""


def sections(tree: dict[str, Any]) -> list[Section]:
    """The fixed sections of the text; where it has none (imported), its headings of the upper level."""
    blocks = tree.get("content", [])
    starts = [n for n, block in enumerate(blocks) if _key(block)]
    if not starts:
        starts = [
            n for n, block in enumerate(blocks) if block["type"] == "heading" and render.heading_level(block) == 2
        ]
    result = []
    for start in starts:
        level = _level(blocks[start])
        later = range(start + 1, len(blocks))
        end = next((n for n in later if 0 < _level(blocks[n]) <= level), len(blocks))
        written = any(_written(block) for block in blocks[start + 1 : end])
        title = render.flat_text(blocks[start]).strip()
        result.append(Section(_key(blocks[start]), title, blocks[start]["attrs"]["bid"], not written))
    return result


def before_signing(model_document: ModelDocument, tree: dict[str, Any] | None = None) -> list[Item]:
    """What a coordinator should know before a version is frozen; nothing of it forbids freezing.

    `tree`: the draft, when the caller has it already. One query for the comments, and the text when not given.
    """
    document = model_document.document
    found = sections(tree if tree is not None else state.current_tree(document))
    return [*_written_items(model_document, found), _comments_item(document)]


def _written_items(model_document: ModelDocument, found: list[Section]) -> list[Item]:
    empty = [section for section in found if section.empty]
    if not found:
        return []
    if not empty:
        return [Item(_("All sections are written"), done=True)]
    counts = {"written": len(found) - len(empty), "total": len(found)}
    items = [Item(_("Written so far: %(written)d of %(total)d sections") % counts, done=False)]
    template = document_templates.get(model_document.template)
    for section in empty:
        known = template.section(section.key) if template and section.key else None
        hint = str(known.prompt) if known else ""
        text = _("“%(section)s” is still empty") % {"section": section.title}
        items.append(Item(text, done=False, hint=hint, anchor=section.anchor))
    return items


def _comments_item(document: Any) -> Item:
    number = Thread.objects.filter(document=document, resolved_at=None).count()
    if not number:
        return Item(_("No comment is open"), done=True)
    text = ngettext("%(number)d comment is open", "%(number)d comments are open", number) % {"number": number}
    return Item(text, done=False)


def _key(block: dict[str, Any]) -> str:
    return str(block.get("attrs", {}).get("section") or "") if block["type"] == "heading" else ""


def _level(block: dict[str, Any]) -> int:
    """2 to 4 for a heading, 0 for anything else."""
    return render.heading_level(block) if block["type"] == "heading" else 0


def _written(block: dict[str, Any]) -> bool:
    """Does the block say anything? A heading alone does not, an image does."""
    if block["type"] in ("heading", "horizontal_rule"):
        return False
    if block["type"] == "image":
        return True
    if block["type"] == "text":
        return bool(block["text"].strip())
    return any(_written(child) for child in block.get("content", ()))
