"""Numbering of a DOCX: every list counts for itself."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

DEPTHS = range(9)


class Lists:
    """Two abstract lists, and one `w:num` per list of the text."""

    def __init__(self, document: Any):
        self._styles = document.styles
        self._numbering = document.part.numbering_part.element
        ids = [int(one.get(qn("w:abstractNumId"))) for one in self._numbering.iterchildren(qn("w:abstractNum"))]
        self._first = max(ids, default=0) + 1
        first_num = self._numbering.find(qn("w:num"))
        for offset, make in enumerate((_bullet, _decimal)):
            levels = "".join(make(depth) for depth in DEPTHS)
            abstract = parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._first + offset}">'
                f'<w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>'
            )
            # The schema wants all abstract lists before the first w:num.
            if first_num is not None:
                first_num.addprevious(abstract)
            else:
                self._numbering.append(abstract)

    def bullets(self) -> int:
        """A new unnumbered list; returns its numId."""
        return self._new(self._first, 0, 1)

    def numbers(self, depth: int, first: int) -> int:
        """A new numbered list at `depth` that begins with `first`."""
        return self._new(self._first + 1, depth, first)

    def place(self, paragraph: Any, number: int, depth: int) -> None:
        """Make the paragraph an item of list `number` at `depth`."""
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = depth
        properties.get_or_add_numId().val = number

    def continued(self, depth: int) -> str:
        """Name of the style of a further paragraph of an item at `depth`."""
        name = "List Continue" if not depth else f"List Continue {depth + 1}"
        if name not in [style.name for style in self._styles]:
            style = self._styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            style.base_style = self._styles["Normal"]
            style.paragraph_format.left_indent = Cm(0.63 * (depth + 2))
        return name

    def _new(self, abstract: int, depth: int, first: int) -> int:
        number = self._numbering.add_num(abstract)
        number.add_lvlOverride(ilvl=depth).add_startOverride(first)
        return number.numId


def _indent(depth: int) -> str:
    return f'<w:pPr><w:ind w:left="{360 * (depth + 2)}" w:hanging="360"/></w:pPr>'


def _bullet(depth: int) -> str:
    sign = "•◦▪"[depth % 3]
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>'
        f'<w:lvlJc w:val="left"/>{_indent(depth)}</w:lvl>'
    )


def _decimal(depth: int) -> str:
    form = ("decimal", "lowerLetter", "lowerRoman")[depth % 3]
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%{depth + 1}."/>'
        f'<w:lvlJc w:val="left"/>{_indent(depth)}</w:lvl>'
    )
