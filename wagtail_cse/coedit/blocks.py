"""A document as the blocks of a StreamField, with ids that stay the same between publications."""

from __future__ import annotations

import uuid
from typing import Any

from .render import flat_text, heading_level, inline_html, to_html

Tree = dict[str, Any]


def to_streamfield(tree: Tree) -> list[tuple[str, Any, str]]:
    """One `(block type, value, block id)` per top-level block; the id is the block's `bid` as a UUID string.

    ==============  =========================================================================================
    heading         {"text": plain text, "level": 2 | 3 | 4}
    rich_text       HTML: a paragraph, a list or a rule
    quote           {"text": HTML}
    callout         {"kind": "note" | "warning" | "example", "text": HTML}
    image           {"image": uuid of the coedit.DocumentImage, "alt", "caption", "decorative": bool}
    table           {"rows": [[{"html", "header": bool, "colspan", "rowspan"}, ...], ...]}
    ==============  =========================================================================================

    Empty paragraphs are left out. Images inside a quote, a list or a table show their text only.
    """
    out = []
    for block in tree.get("content", ()):
        made = _block(block)
        if made is not None:
            out.append((*made, str(uuid.UUID(block["attrs"]["bid"]))))
    return out


def _block(block: Tree) -> tuple[str, Any] | None:
    kind, attrs, content = block["type"], block.get("attrs", {}), block.get("content", [])
    inner = {"type": "doc", "content": content}
    if kind == "heading":
        return "heading", {"text": flat_text(block).strip(), "level": heading_level(block)}
    if kind == "blockquote":
        return "quote", {"text": str(to_html(inner))}
    if kind == "callout":
        return "callout", {"kind": attrs.get("kind", "note"), "text": str(to_html(inner))}
    if kind == "image":
        return "image", {
            "image": attrs.get("image", ""),
            "alt": attrs.get("alt", ""),
            "caption": attrs.get("caption", ""),
            "decorative": bool(attrs.get("decorative")),
        }
    if kind == "table":
        return "table", {"rows": [[_cell(cell) for cell in row.get("content", ())] for row in content]}
    if kind == "paragraph" and not flat_text(block).strip():
        return None
    return "rich_text", str(to_html(block))


def _cell(cell: Tree) -> dict[str, Any]:
    attrs, content = cell.get("attrs", {}), cell.get("content", [])
    if len(content) == 1 and content[0]["type"] == "paragraph":
        html = inline_html(content[0].get("content", ()))
    else:
        html = to_html({"type": "doc", "content": content})
    return {
        "html": str(html),
        "header": cell["type"] == "table_header",
        "colspan": attrs.get("colspan", 1),
        "rowspan": attrs.get("rowspan", 1),
    }
