"""Words, marks and links inside a paragraph of a DOCX."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ..importing.flow import CONTROL
from .word_styles import ACCENT

_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
#: A link within the site means nothing in a file: its text stays.
_ABSOLUTE = re.compile(r"(?:https?://|mailto:|tel:)", re.I)


def clean(words: str) -> str:
    """Without the code points that XML cannot hold."""
    return CONTROL.sub("", words)


def write_inline(paragraph: Paragraph, block: dict[str, Any]) -> None:
    """Write the content of a paragraph or heading."""
    for node in block.get("content", ()):
        if node["type"] == "hard_break":
            paragraph.add_run().add_break()
        elif node["type"] == "text":
            _text(paragraph, node)


def _text(paragraph: Paragraph, node: dict[str, Any]) -> None:
    marks = {one["type"]: one.get("attrs", {}) for one in node.get("marks", ())}
    run = paragraph.add_run(clean(node["text"]))
    if "strong" in marks:
        run.bold = True
    if "em" in marks:
        run.italic = True
    if "strikethrough" in marks:
        run.font.strike = True
    if "superscript" in marks:
        run.font.superscript = True
    elif "subscript" in marks:
        run.font.subscript = True
    if "code" in marks:
        run.style = "Source Text"
    href = marks.get("link", {}).get("href", "")
    if _ABSOLUTE.match(href):
        _link(paragraph, run, href, "code" in marks)


def _link(paragraph: Paragraph, run: Run, href: str, code: bool) -> None:
    if code:
        # A run has one character style only.
        run.font.underline = True
        run.font.color.rgb = ACCENT
    else:
        run.style = "Hyperlink"
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(href, _HYPERLINK, is_external=True))
    link.append(run._r)
    paragraph._p.append(link)
