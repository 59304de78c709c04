"""The styles that our DOCX files use, by Word's built-in names wherever there is one."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from wagtail_cse.coedit.schema import CALLOUTS

INK = RGBColor(0x14, 0x21, 0x1F)
ACCENT = RGBColor(0x0B, 0x5A, 0x5E)
MUTED = RGBColor(0x44, 0x53, 0x4F)


def prepare(document: Any, language: str) -> None:
    """Set the language of the text, and add or calm the styles of python-docx's default template."""
    styles = document.styles
    for lang in styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)
    styles["Normal"].font.size = Pt(11)
    styles["Normal"].paragraph_format.space_after = Pt(8)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        styles[name].font.color.rgb = INK
    details = _paragraph(styles, "Document details")
    details.font.size, details.font.color.rgb = Pt(9.5), MUTED
    rule = _paragraph(styles, "Horizontal Line")
    _border(rule, "bottom", 6)
    heading = _paragraph(styles, "Table Heading")
    heading.font.bold = True
    for kind in CALLOUTS:
        callout = _paragraph(styles, f"Callout {kind}")
        _border(callout, "left", 18)
        callout.paragraph_format.left_indent = Cm(0.6)
    code = styles.add_style("Source Text", WD_STYLE_TYPE.CHARACTER)
    code.font.name = "Consolas"
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = ACCENT, True


def _paragraph(styles: Any, name: str) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    return style


def _border(style: Any, side: str, eighths: int) -> None:
    """A line at one side of the paragraph; its width in eighths of a point."""
    line = f'<w:{side} w:val="single" w:sz="{eighths}" w:space="6" w:color="0B5A5E"/>'
    style.element.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{line}</w:pBdr>"))
