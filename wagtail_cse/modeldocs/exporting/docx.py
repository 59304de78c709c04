"""A DOCX with real headings, lists, tables, links, alternative texts and the language of the text."""

from __future__ import annotations

import io
from itertools import product
from typing import Any

from docx import Document as new_document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu
from docx.text.paragraph import Paragraph
from PIL import Image

from wagtail_cse.coedit.render import to_text

from .edition import Edition, EditionImage
from .word_lists import Lists
from .word_styles import prepare
from .word_text import clean, write_inline

Tree = dict[str, Any]

_DECORATIVE = "http://schemas.microsoft.com/office/drawing/2017/decorative"
#: What Word embeds as it is; everything else becomes PNG.
_NATIVE = {"image/png", "image/jpeg", "image/gif"}
MAX_WIDTH = Emu(int(15.5 * 360_000))
MAX_HEIGHT = Emu(20 * 360_000)
#: Places of one table, spans counted out: a cell of a hundred by a thousand would be written as that many.
MAX_CELLS = 10_000


def write_docx(edition: Edition) -> bytes:
    """The document as bytes of a DOCX file."""
    document = new_document()
    prepare(document, edition.language)
    properties = document.core_properties
    properties.title = clean(edition.title)[:255]
    properties.language = edition.language
    properties.author = clean(" · ".join(edition.organisations))[:255]
    properties.comments = ""
    document.add_paragraph(clean(edition.title), style="Title")
    for line in filter(None, (edition.line, " · ".join(edition.organisations))):
        document.add_paragraph(clean(line), style="Document details")
    writer = _Writer(document, edition)
    writer.blocks(edition.tree.get("content", ()), document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, document: Any, edition: Edition):
        self.document = document
        self.edition = edition
        self.lists = Lists(document)
        self._pictures = 0

    def blocks(self, content: Any, parent: Any, style: str | None = None) -> None:
        """Write blocks into `parent` (the document or a cell); `style` is that of the callout or quotation around."""
        before = None
        for block in content:
            kind = block["type"]
            if kind in ("blockquote", "callout") and kind == before:
                # Two neighbours would otherwise become one.
                parent.add_paragraph()
            getattr(self, f"_{kind}")(block, parent, style)
            before = kind

    def _paragraph(self, block: Tree, parent: Any, style: str | None) -> None:
        write_inline(parent.add_paragraph(style=style), block)

    def _heading(self, block: Tree, parent: Any, style: str | None) -> None:
        level = block.get("attrs", {}).get("level", 2) - 1
        write_inline(parent.add_paragraph(style=f"Heading {level}"), block)

    def _blockquote(self, block: Tree, parent: Any, style: str | None) -> None:
        self.blocks(block.get("content", ()), parent, "Quote")

    def _callout(self, block: Tree, parent: Any, style: str | None) -> None:
        self.blocks(block.get("content", ()), parent, f"Callout {block.get('attrs', {}).get('kind', 'note')}")

    def _horizontal_rule(self, block: Tree, parent: Any, style: str | None) -> None:
        parent.add_paragraph(style="Horizontal Line")

    # Lists

    def _bullet_list(self, block: Tree, parent: Any, style: str | None, depth: int = 0) -> None:
        self._list(block, parent, style, depth, self.lists.bullets())

    def _ordered_list(self, block: Tree, parent: Any, style: str | None, depth: int = 0) -> None:
        first = block.get("attrs", {}).get("order", 1)
        self._list(block, parent, style, depth, self.lists.numbers(min(depth, 8), first))

    def _list(self, block: Tree, parent: Any, style: str | None, depth: int, number: int) -> None:
        for item in block.get("content", ()):
            content = item.get("content", [])
            first = content[0] if content and content[0]["type"] == "paragraph" else {}
            made = parent.add_paragraph(style=style or "List Paragraph")
            self.lists.place(made, number, min(depth, 8))
            write_inline(made, first)
            for child in content[1:] if first else content:
                if child["type"] in ("bullet_list", "ordered_list"):
                    getattr(self, f"_{child['type']}")(child, parent, style, depth + 1)
                elif child["type"] == "paragraph":
                    self._paragraph(child, parent, self.lists.continued(depth))
                else:
                    self.blocks([child], parent)

    # Tables

    def _table(self, block: Tree, parent: Any, style: str | None) -> None:
        grid = _grid(block)
        if grid is None:
            # Larger than any table on paper: its words, a line per row.
            for row in block.get("content", ()):
                parent.add_paragraph(clean(to_text(row)), style=style)
            return
        columns = len(grid[0]) if grid else 0
        if not columns:
            return
        table = parent.add_table(rows=len(grid), cols=columns)
        table.style = self.document.styles["Table Grid"]
        heads = True
        for number, row in enumerate(block.get("content", ())):
            cells = row.get("content", [])
            heads = heads and bool(cells) and all(cell["type"] == "table_header" for cell in cells)
            if heads:
                table.rows[number]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        self._cells(table, grid)
        # Word joins two tables with nothing between them, and a cell must end with a paragraph.
        parent.add_paragraph()

    def _cells(self, table: Any, grid: list[list[Tree | None]]) -> None:
        # Asked once: python-docx walks through the whole table each time.
        places = table._cells
        seen: set[int] = set()
        for top, row in enumerate(grid):
            for left, cell in enumerate(row):
                if cell is None or id(cell) in seen:
                    continue
                seen.add(id(cell))
                attrs = cell.get("attrs", {})
                bottom = min(top + attrs.get("rowspan", 1), len(grid)) - 1
                right = min(left + attrs.get("colspan", 1), len(row)) - 1
                made = places[top * len(row) + left]
                whole = all(grid[y][x] is cell for y in range(top, bottom + 1) for x in range(left, right + 1))
                # Where spans overlap the cell stays as it is: merging would swallow its neighbour's words.
                if whole and (bottom, right) != (top, left):
                    made = made.merge(places[bottom * len(row) + right])
                self._cell(made, cell)

    def _cell(self, made: Any, cell: Tree) -> None:
        for old in list(made._tc.iterchildren(qn("w:p"))):
            made._tc.remove(old)
        self.blocks(cell.get("content", ()), made, "Table Heading" if cell["type"] == "table_header" else None)
        if made._tc[-1].tag != qn("w:p"):
            made.add_paragraph()

    # Images

    def _image(self, block: Tree, parent: Any, style: str | None) -> None:
        attrs = block.get("attrs", {})
        image = self.edition.images.get(attrs.get("image", ""))
        decorative = bool(attrs.get("decorative"))
        alt = "" if decorative else clean(attrs.get("alt", ""))
        paragraph = parent.add_paragraph(style=style)
        if image is None or not self._picture(paragraph, image, alt, decorative):
            paragraph.add_run(f"[{alt}]" if alt else "").italic = True
        if attrs.get("caption"):
            parent.add_paragraph(clean(attrs["caption"]), style="Caption")

    def _picture(self, paragraph: Paragraph, image: EditionImage, alt: str, decorative: bool) -> bool:
        try:
            data = image.data if image.content_type in _NATIVE else _as_png(image.data)
            shape = paragraph.add_run().add_picture(io.BytesIO(data))
        except Exception:
            # A file damaged on the disk: its alternative text stands in its place, the rest of the text is written.
            return False
        shape.width, shape.height = _fitting(shape.width, shape.height)
        self._pictures += 1
        properties = shape._inline.docPr
        properties.set("id", str(self._pictures))
        properties.set("name", f"Image {self._pictures}")
        properties.set("descr", alt)
        if decorative:
            properties.append(
                parse_xml(
                    f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
                    f'<adec:decorative xmlns:adec="{_DECORATIVE}" val="1"/></a:ext></a:extLst>'
                )
            )
        return True


def _as_png(data: bytes) -> bytes:
    out = io.BytesIO()
    with Image.open(io.BytesIO(data)) as image:
        image.convert("RGBA" if "A" in image.getbands() else "RGB").save(out, "PNG")
    return out.getvalue()


def _fitting(width: int, height: int) -> tuple[Emu, Emu]:
    """The size on the page: never wider than the text nor higher than a page."""
    scale = min(1.0, MAX_WIDTH / max(width, 1), MAX_HEIGHT / max(height, 1))
    return Emu(int(width * scale)), Emu(int(height * scale))


def _grid(table: Tree) -> list[list[Tree | None]] | None:
    """The cell at each place of a table with spans, every row equally long; None when it is too large to write."""
    taken: dict[tuple[int, int], Tree] = {}
    rows = table.get("content", [])
    for top, row in enumerate(rows):
        left = 0
        for cell in row.get("content", ()):
            while (top, left) in taken:
                left += 1
            attrs = cell.get("attrs", {})
            down, right = min(attrs.get("rowspan", 1), len(rows) - top), attrs.get("colspan", 1)
            if len(taken) + down * right > MAX_CELLS:
                return None
            for place in product(range(top, top + down), range(left, left + right)):
                taken.setdefault(place, cell)
            left += right
    width = max((left for _top, left in taken), default=-1) + 1
    if width * len(rows) > MAX_CELLS:
        return None
    return [[taken.get((top, left)) for left in range(width)] for top in range(len(rows))]
