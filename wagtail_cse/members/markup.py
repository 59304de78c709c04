"""Between Wagtail's rich text and plain text with a few marks, so that a profile is written in one text field.

    A paragraph, **strong**, *emphasised*, [a link](https://example.org).

    ### A heading
    - an item
    1. a numbered item

What `page_mixins.MISSION_FEATURES` allows survives the way there and back; nothing else is offered to the reader.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

import lxml.html
from django.utils.html import escape

INLINE = re.compile(
    r"\\(?P<literal>[\\*\[])"
    r"|\*\*(?P<strong>.+?)\*\*"
    r"|\*(?P<em>.+?)\*"
    r"|\[(?P<text>[^\]]+)\]\((?P<href>[^)\s]+)\)",
    re.S,
)
ITEM = re.compile(r"^(?P<mark>[-•]|\d+\.)\s+(?P<text>.+)$")
HEADING = re.compile(r"^#{2,4}\s+(?P<text>.+)$")
INTERNAL = re.compile(r"^(page|document):(\d+)$")
ADDRESS = re.compile(r"^(https?://|mailto:)", re.I)


def to_html(text: str) -> str:
    """Rich text as Wagtail stores it; everything that is no mark is escaped."""
    return "".join(
        _block(block) for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()) if block.strip()
    )


def _block(block: str) -> str:
    html = []
    for kind, lines in groupby(block.strip().split("\n"), key=_kind):
        rows = [line.strip() for line in lines]
        if kind == "p":
            html.append(f"<p>{'<br/>'.join(_inline(row) for row in rows)}</p>")
        elif kind == "h3":
            html += [f"<h3>{_inline(_without_mark(HEADING, row))}</h3>" for row in rows]
        else:
            items = "".join(f"<li>{_inline(_without_mark(ITEM, row))}</li>" for row in rows)
            html.append(f"<{kind}>{items}</{kind}>")
    return "".join(html)


def _without_mark(pattern: re.Pattern[str], line: str) -> str:
    match = pattern.match(line)
    return match["text"] if match else line


def _kind(line: str) -> str:
    item = ITEM.match(line.strip())
    if item:
        return "ol" if item["mark"][0].isdigit() else "ul"
    return "h3" if HEADING.match(line.strip()) else "p"


def _inline(text: str) -> str:
    html, end = "", 0
    for match in INLINE.finditer(text):
        html += escape(text[end : match.start()]) + _mark(match)
        end = match.end()
    return html + escape(text[end:])


def _mark(match: re.Match[str]) -> str:
    if match["literal"]:
        return escape(match["literal"])
    if match["strong"]:
        return f"<b>{_inline(match['strong'])}</b>"
    if match["em"]:
        return f"<i>{_inline(match['em'])}</i>"
    internal = INTERNAL.match(match["href"])
    if internal:
        return f'<a linktype="{internal[1]}" id="{internal[2]}">{_inline(match["text"])}</a>'
    if ADDRESS.match(match["href"]):
        return f'<a href="{escape(match["href"])}">{_inline(match["text"])}</a>'
    return escape(match[0])


def to_text(html: str) -> str:
    """The text with marks of a stored rich text; elements that we do not offer leave their text."""
    if not html.strip():
        return ""
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    blocks = [_leading(root.text)] + [part for child in root for part in (_element(child), _leading(child.tail))]
    return "\n\n".join(block for block in blocks if block)


def _leading(text: str | None) -> str:
    return _literal(text or "").strip()


def _element(node: Any) -> str:
    if node.tag in ("ul", "ol"):
        marks = (f"{number}. " if node.tag == "ol" else "- " for number in range(1, len(node) + 1))
        return "\n".join(mark + _words(item) for mark, item in zip(marks, node, strict=False))
    if node.tag in ("h2", "h3", "h4", "h5", "h6"):
        return f"### {_words(node)}"
    return _words(node)


def _words(node: Any) -> str:
    text = _literal(node.text or "")
    for child in node:
        text += _marked(child) + _literal(child.tail or "")
    return text.strip()


def _marked(node: Any) -> str:
    if node.tag == "br":
        return "\n"
    words = _words(node)
    if node.tag in ("b", "strong") and words:
        return f"**{words}**"
    if node.tag in ("i", "em") and words:
        return f"*{words}*"
    if node.tag == "a" and words:
        href = f"{node.get('linktype')}:{node.get('id')}" if node.get("linktype") else node.get("href", "")
        return f"[{words}]({href})" if href else words
    return words


def _literal(text: str) -> str:
    return re.sub(r"([\\*\[])", r"\\\1", re.sub(r"\s+", " ", text))
