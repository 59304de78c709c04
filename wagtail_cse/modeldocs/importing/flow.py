"""Building the neutral tree of `coedit.tree` from whatever a file holds, so that it always fits the schema."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from .report import Report

Node = dict[str, Any]

#: One fixed order, so that equal text has equal marks.
MARK_ORDER = ("link", "strong", "em", "strikethrough", "superscript", "subscript", "code")
#: What a link may lead to; everything else loses the link and keeps its text.
SAFE_LINK = re.compile(r"^(?:https?://[^\s]+|mailto:[^\s]+@[^\s]+|tel:[+\d][\d\s().-]*)$", re.IGNORECASE)
#: Code points that XML 1.0 (and so a DOCX) cannot hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class PendingImage:
    """An image found in the file; it is stored only when the document is created."""

    uuid: uuid.UUID
    data: bytes
    content_type: str


@dataclass(slots=True)
class Imported:
    """What a file became. `language` is empty when the file does not say it; `title` when it has none."""

    title: str
    language: str
    tree: Node
    images: list[PendingImage]
    report: Report


def mark(kind: str, **attrs: Any) -> Node:
    return {"type": kind, "attrs": attrs} if attrs else {"type": kind}


def with_mark(marks: tuple[Node, ...], new: Node) -> tuple[Node, ...]:
    """`marks` and `new`, in the fixed order; superscript and subscript exclude each other, the inner one wins."""
    exclude = {new["type"]} | ({"superscript", "subscript"} if new["type"].endswith("script") else set())
    kept = [one for one in marks if one["type"] not in exclude]
    return tuple(sorted([*kept, new], key=lambda one: MARK_ORDER.index(one["type"])))


def without_mark(marks: tuple[Node, ...], kind: str) -> tuple[Node, ...]:
    return tuple(one for one in marks if one["type"] != kind)


def safe_link(href: str, report: Report) -> Node | None:
    """A link mark, or None (reported) when the address may not be kept."""
    href = "".join(href.split()) if href.strip().lower().startswith(("http", "mailto")) else href.strip()
    if SAFE_LINK.match(href) and len(href) <= 2000:
        return mark("link", href=href)
    report.add("link")
    return None


def text(value: str, marks: tuple[Node, ...] = ()) -> Node:
    node: Node = {"type": "text", "text": value}
    if marks:
        node["marks"] = list(marks)
    return node


def paragraph(content: list[Node]) -> Node:
    return {"type": "paragraph", "content": content} if content else {"type": "paragraph"}


def heading(level: int, content: list[Node]) -> Node:
    return {"type": "heading", "attrs": {"level": level}, "content": content}


def inline(nodes: list[Node]) -> list[Node]:
    """Neighbours with equal marks joined; blanks and line breaks at both ends and around breaks removed."""
    joined: list[Node] = []
    for node in nodes:
        last = joined[-1] if joined else None
        if node["type"] == "text":
            value = CONTROL.sub("", node["text"])
            if last is None or last["type"] == "hard_break" or last.get("text", "").endswith(" "):
                value = value.lstrip(" ")
            if not value:
                continue
            if last and last["type"] == "text" and last.get("marks") == node.get("marks"):
                last["text"] += value
            else:
                joined.append({**node, "text": value})
        else:
            _trim_end(joined)
            joined.append(node)
    while joined and (joined[-1]["type"] == "hard_break" or not _trim_end(joined)):
        joined.pop()
    while joined and joined[0]["type"] == "hard_break":
        joined.pop(0)
    return joined


def _trim_end(nodes: list[Node]) -> bool:
    """Remove blanks at the end of the last text node; False when it became empty and has to go."""
    if nodes and nodes[-1]["type"] == "text":
        nodes[-1]["text"] = nodes[-1]["text"].rstrip(" ")
        return bool(nodes[-1]["text"])
    return True


class Flow:
    """A sequence of blocks being written: inline content gathers until a paragraph ends."""

    def __init__(self) -> None:
        self.blocks: list[Node] = []
        self._inline: list[Node] = []

    def text(self, value: str, marks: tuple[Node, ...] = ()) -> None:
        if value:
            self._inline.append(text(value, marks))

    def line_break(self) -> None:
        self._inline.append({"type": "hard_break"})

    def end_paragraph(self) -> None:
        content = inline(self._inline)
        self._inline = []
        if content:
            self.blocks.append(paragraph(content))

    def add(self, block: Node) -> None:
        self.end_paragraph()
        self.blocks.append(block)

    def finish(self) -> list[Node]:
        self.end_paragraph()
        return self.blocks


#: Which blocks may stand inside which; anything else is reduced to its paragraphs.
INSIDE = {
    "list_item": {"paragraph", "bullet_list", "ordered_list"},
    "blockquote": {"paragraph", "bullet_list", "ordered_list"},
    "callout": {"paragraph", "bullet_list", "ordered_list"},
    "table_cell": {"paragraph", "bullet_list", "ordered_list"},
}


def fit(blocks: list[Node], parent: str, report: Report) -> tuple[list[Node], list[Node]]:
    """Blocks that may stand in `parent`, and images that have to stand after it at the top level."""
    kept: list[Node] = []
    outside: list[Node] = []
    for block in blocks:
        kind = block["type"]
        if kind in INSIDE[parent]:
            kept.append(block)
        elif kind == "heading":
            strong = [_strengthened(node) for node in block["content"]]
            kept.append(paragraph(strong))
        elif kind == "image":
            outside.append(block)
        elif kind == "table":
            report.add("nested_table")
            for row in block["content"]:
                for cell in row["content"]:
                    kept.extend(part for part in cell["content"] if part.get("content"))
        elif block.get("content"):
            inner, images = fit(block["content"], parent, report)
            kept.extend(inner)
            outside.extend(images)
    if not kept or (parent == "list_item" and kept[0]["type"] != "paragraph"):
        kept.insert(0, paragraph([]))
    return kept, outside


def _strengthened(node: Node) -> Node:
    if node["type"] != "text":
        return node
    return {**node, "marks": list(with_mark(tuple(node.get("marks", ())), mark("strong")))}


def document(blocks: list[Node], report: Report, title: str = "") -> tuple[str, Node]:
    """The title and the tree.

    Without a `title` already found, the first heading is it when it alone has the first level. The other headings
    move into levels 2 to 4: they keep their distances when they fit, else their order.
    """
    headings = [block for block in blocks if block["type"] == "heading"]
    firsts = [block for block in headings if block["attrs"]["level"] == 1]
    if not title and len(firsts) == 1 and firsts[0] is headings[0]:
        title = plain(firsts[0])
        blocks = [block for block in blocks if block is not firsts[0]]
        headings = headings[1:]
    used = sorted({block["attrs"]["level"] for block in headings})
    fits = bool(used) and used[-1] - used[0] <= 2
    for block in headings:
        level = block["attrs"]["level"]
        level = level - used[0] + 2 if fits else used.index(level) + 2
        if level > 4:
            report.add("levels")
        block["attrs"]["level"] = min(level, 4)
    for block in blocks:
        block["attrs"] = {**block.get("attrs", {}), "bid": uuid.uuid4().hex}
    return title, {"type": "doc", "content": blocks}


def plain(node: Node) -> str:
    """The words of a node."""
    if node["type"] == "text":
        return node["text"]
    if node["type"] == "hard_break":
        return " "
    return "".join(plain(child) for child in node.get("content", ()))
