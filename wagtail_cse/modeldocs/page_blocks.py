"""The body of a published model document: what `coedit.blocks` makes of a version, as a StreamField."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEMPLATES = "wagtail_cse/modeldocs/blocks"
#: uuid of a document's image -> primary key of its published copy, or None when it is gone.
ImageFor = Callable[[str], int | None]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Text"))
    level = blocks.ChoiceBlock(label=_("Level"), choices=[(2, "2"), (3, "3"), (4, "4")], default=2)

    class Meta:
        template = f"{TEMPLATES}/heading.html"
        label = _("Heading")
        icon = "title"


class QuoteBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("Text"))

    class Meta:
        template = f"{TEMPLATES}/quote.html"
        label = _("Quote")
        icon = "openquote"


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[("note", _("Note")), ("warning", _("Warning")), ("example", _("Example"))],
        default="note",
    )
    text = blocks.RichTextBlock(label=_("Text"))

    class Meta:
        template = f"{TEMPLATES}/callout.html"
        label = _("Callout")
        icon = "info-circle"


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        template = f"{TEMPLATES}/figure.html"
        label = _("Image")
        icon = "image"


class CellBlock(blocks.StructBlock):
    text = blocks.RichTextBlock(label=_("Text"), required=False)
    header = blocks.BooleanBlock(label=_("Heading of its row or column"), required=False)
    colspan = blocks.IntegerBlock(label=_("Columns"), default=1, min_value=1)
    rowspan = blocks.IntegerBlock(label=_("Rows"), default=1, min_value=1)


class TableBlock(blocks.StructBlock):
    rows = blocks.ListBlock(blocks.ListBlock(CellBlock()), label=_("Rows"))

    class Meta:
        template = f"{TEMPLATES}/table.html"
        label = _("Table")
        icon = "table"


class ModelBodyBlock(blocks.StreamBlock):
    heading = HeadingBlock()
    rich_text = blocks.RichTextBlock(label=_("Text"), icon="pilcrow")
    quote = QuoteBlock()
    callout = CalloutBlock()
    figure = FigureBlock()
    table = TableBlock()


def raw_body(parts: Iterable[tuple[str, Any, str]], image_for: ImageFor) -> list[dict[str, Any]]:
    """The raw StreamField data of what `coedit.blocks.to_streamfield` gives.

    Every id is derived from the block's own id, cells included: the same part of the text keeps its id from one
    publication to the next, and its translations with it.
    """
    body = []
    for kind, value, block_id in parts:
        if kind == "image":
            pk = image_for(value["image"])
            if pk is None:
                continue
            kind, value = "figure", _figure(value, pk)
        elif kind == "table":
            value = {"rows": [_row(row, block_id, str(n)) for n, row in enumerate(value["rows"])]}
        elif kind == "heading":
            value = {"text": value["text"], "level": str(value["level"])}
        body.append({"type": kind, "value": value, "id": block_id})
    return body


def _figure(value: dict[str, Any], pk: int) -> dict[str, Any]:
    alt = "" if value["decorative"] else value["alt"]
    return {
        "image": {"image": pk, "alt_text": alt, "decorative": value["decorative"] or not alt},
        "caption": value["caption"],
    }


def _row(cells: list[dict[str, Any]], block_id: str, place: str) -> dict[str, Any]:
    return {
        "type": "item",
        "id": _inner_id(block_id, place),
        "value": [
            {
                "type": "item",
                "id": _inner_id(block_id, f"{place}.{n}"),
                "value": {
                    "text": cell["html"],
                    "header": cell["header"],
                    "colspan": cell["colspan"],
                    "rowspan": cell["rowspan"],
                },
            }
            for n, cell in enumerate(cells)
        ],
    }


def _inner_id(block_id: str, place: str) -> str:
    return str(uuid.uuid5(uuid.UUID(block_id), place))
