"""A document as semantic HTML and as plain text.

The renderer is an allow-list of its own: an element, mark or attribute that it does not name does not come out,
whatever is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from . import schema

Tree = dict[str, Any]
ImageURL = Callable[[str], str | None]

MARK_TAGS = {
    "strong": "strong",
    "em": "em",
    "strikethrough": "s",
    "superscript": "sup",
    "subscript": "sub",
    "code": "code",
}
_PLAIN_TAGS = {
    "paragraph": "p",
    "blockquote": "blockquote",
    "bullet_list": "ul",
    "list_item": "li",
    "table_row": "tr",
}


def anchor(bid: str) -> str:
    """The HTML id of a block, and what `#` links to it name."""
    return f"b-{bid}"


def to_html(tree: Tree, image_url: ImageURL | None = None, *, anchors: bool = False) -> SafeString:
    """HTML of a whole neutral tree, or of one node of it.

    `image_url(uuid)` gives the address of an image; without it, or when it gives None, images show their alternative
    text and caption only. `anchors` adds `id="b-<bid>"` to top-level blocks.
    """
    writer = _Writer(image_url, anchors)
    return mark_safe(writer.nodes([tree] if tree["type"] != "doc" else tree.get("content", ())))  # noqa: S308


def inline_html(content: Iterable[Tree]) -> SafeString:
    """HTML of the content of a paragraph or heading, without the element around it."""
    return mark_safe(_Writer(None, False).nodes(content))  # noqa: S308


class _Writer:
    def __init__(self, image_url: ImageURL | None, anchors: bool):
        self.image_url = image_url
        self.anchors = anchors

    def nodes(self, content: Iterable[Tree], depth: int = 0) -> str:
        if depth > schema.MAX_DEPTH + 1:
            return ""
        return "".join(self.node(child, depth) for child in content)

    def node(self, node: Tree, depth: int) -> str:
        kind = str(node.get("type"))
        if kind == "text":
            return self.text(node)
        attrs = node.get("attrs", {})
        at = f' id="{anchor(attrs["bid"])}"' if self.anchors and _good_bid(attrs) else ""
        if tag := _PLAIN_TAGS.get(kind):
            return f"<{tag}{at}>{self.nodes(node.get('content', ()), depth + 1)}</{tag}>"
        special = getattr(self, f"_{kind}", None) if kind in schema.NODES else None
        return special(node, attrs, at, depth) if special else ""

    def text(self, node: Tree) -> str:
        out = escape(str(node.get("text", "")), quote=False)
        marks = {mark.get("type"): mark.get("attrs") or {} for mark in node.get("marks", ())}
        for name in reversed(schema.MARKS):
            if name not in marks:
                continue
            if name == "link":
                href = str(marks[name].get("href") or "")
                out = f'<a href="{escape(href)}">{out}</a>' if schema.safe_href(href) else out
            else:
                out = f"<{MARK_TAGS[name]}>{out}</{MARK_TAGS[name]}>"
        return out

    def _heading(self, node: Tree, attrs: Tree, at: str, depth: int) -> str:
        level = heading_level(node)
        return f"<h{level}{at}>{self.nodes(node.get('content', ()), depth + 1)}</h{level}>"

    def _hard_break(self, node: Tree, attrs: Tree, at: str, depth: int) -> str:
        return "<br>"

    def _horizontal_rule(self, node: Tree, attrs: Tree, at: str, depth: int) -> str:
        return f"<hr{at}>"

    def _ordered_list(self, node: Tree, attrs: Tree, at: str, depth: int) -> str:
        order = attrs.get("order", 1)
        start = f' start="{int(order)}"' if isinstance(order, int) and order != 1 else ""
        return f"<ol{start}{at}>{self.nodes(node.get('content', ()), depth + 1)}</ol>"

    def _callout(self, node: Tree, attrs: Tree, at: str, depth: int) -> str:
        kind = attrs.get("kind") if attrs.get("kind") in schema.CALLOUTS else schema.CALLOUTS[0]
        inner = self.nodes(node.get("content", ()), depth + 1)
        return f'<aside class="cse-callout cse-callout-{kind}"{at}>{inner}</aside>'

    def _image(self, node: Tree, attrs: Tree, at: str, depth: int) -> str:
        alt = "" if attrs.get("decorative") else str(attrs.get("alt", ""))
        url = self.image_url(str(attrs.get("image", ""))) if self.image_url else None
        caption = str(attrs.get("caption", ""))
        shown = f'<img src="{escape(url)}" alt="{escape(alt)}">' if url else escape(alt, quote=False)
        below = f"<figcaption>{escape(caption, quote=False)}</figcaption>" if caption else ""
        return f"<figure{at}>{shown}{below}</figure>"

    def _table(self, node: Tree, attrs: Tree, at: str, depth: int) -> str:
        rows = self.nodes(node.get("content", ()), depth + 1)
        return f'<div class="cse-table-wrap"{at}><table class="cse-table"><tbody>{rows}</tbody></table></div>'

    def _table_cell(self, node: Tree, attrs: Tree, at: str, depth: int) -> str:
        return self._cell("td", node, attrs, depth)

    def _table_header(self, node: Tree, attrs: Tree, at: str, depth: int) -> str:
        return self._cell("th", node, attrs, depth)

    def _cell(self, tag: str, node: Tree, attrs: Tree, depth: int) -> str:
        spans = "".join(
            f' {name}="{int(attrs[name])}"'
            for name in ("colspan", "rowspan")
            if isinstance(attrs.get(name), int) and attrs[name] > 1
        )
        content = node.get("content", [])
        if len(content) == 1 and content[0]["type"] == "paragraph":
            content = content[0].get("content", [])
        return f"<{tag}{spans}>{self.nodes(content, depth + 1)}</{tag}>"


def _good_bid(attrs: Tree) -> bool:
    return schema.attribute_allowed("paragraph", "bid", attrs.get("bid"))


def heading_level(node: Tree) -> int:
    """2, 3 or 4."""
    level = node.get("attrs", {}).get("level", 2)
    return min(max(int(level), 2), 4) if isinstance(level, int) else 2


# -- plain text --------------------------------------------------------------


def to_text(tree: Tree) -> str:
    """The text of a tree or node: a line per paragraph, heading, list item and table row, an empty line between
    top-level blocks."""
    blocks = tree.get("content", ()) if tree["type"] == "doc" else [tree]
    return "\n\n".join("\n".join(_lines(block)) for block in blocks).strip()


def _lines(node: Tree) -> list[str]:
    kind, content = node["type"], node.get("content", ())
    if kind in ("paragraph", "heading"):
        return [flat_text(node)]
    if kind == "image":
        attrs = node.get("attrs", {})
        return [part for part in (attrs.get("alt"), attrs.get("caption")) if part]
    if kind == "table_row":
        return ["\t".join(" ".join(_lines(cell)) for cell in content)]
    return [line for child in content for line in _lines(child)]


def flat_text(node: Tree) -> str:
    """All text inside a node on one line; a hard break is a line end."""
    if node["type"] == "text":
        return str(node["text"])
    if node["type"] == "hard_break":
        return "\n"
    return "".join(flat_text(child) for child in node.get("content", ()))


def outline(tree: Tree) -> list[dict[str, Any]]:
    """The headings in order: `[{"level", "text", "bid"}]`."""
    return [
        {"level": heading_level(block), "text": flat_text(block), "bid": block["attrs"]["bid"]}
        for block in tree.get("content", ())
        if block["type"] == "heading"
    ]
