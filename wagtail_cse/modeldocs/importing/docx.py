"""DOCX (Word, LibreOffice) into the neutral tree.

Read straight from the XML and not by a converter to HTML: converters lose where a numbered list goes on, which cells
are headers and the language, and they do not say what they left out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from lxml import etree

from wagtail_cse.coedit.schema import CALLOUTS, MAX_ATTRIBUTE
from wagtail_cse.core.exceptions import Invalid

from .flow import Imported, Node, document, fit, heading, inline, paragraph, text
from .images import Images
from .lists import ListBuilder
from .package import Package
from .report import Report
from .word_runs import RunReader
from .word_styles import ListPlace, load, numbering_of, value, w

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
#: Name of the paragraph style in which `exporting` writes the version line.
DETAILS = "document details"
_QUOTES = {"quote", "intense quote", "block text", "quotations"}
#: Wrappers whose content counts: tracked insertions are applied, as are moves.
_THROUGH = {w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), w("smartTag")}
_GONE = {w("del"), w("moveFrom")}


def read_docx(data: bytes) -> Imported:
    """Read a Word document.

    Raises `Invalid` with a sentence for the user when it is damaged, is something else, unpacks to a multiple of
    what a text needs, or holds no text.
    """
    package = Package(data)
    root = package.xml(package.main)
    body = root.find(w("body")) if root is not None else None
    if body is None:
        raise Invalid(_("This is not a Word document (.docx)."), code="not_docx")
    report = Report()
    reader = _Reader(package, report)
    blocks = reader.body(body)
    _count_headers(package, report)
    core = _core(package)
    title, tree = document(blocks, report, reader.title)
    if not tree["content"]:
        raise Invalid(_("There is no text in this file."), code="empty")
    language = core.get("language") or reader.styles.language
    return Imported(title or core.get("title", ""), language, tree, reader.images.pending, report)


def _core(package: Package) -> dict[str, str]:
    """Title and language from the document's properties."""
    target = next(
        (target for kind, target, outside in package.relations("").values() if kind.endswith("/core-properties")), ""
    )
    root = package.xml(target)
    if root is None:
        return {}
    return {name: (root.findtext(f"{{{DC}}}{name}") or "").strip() for name in ("title", "language")}


def _count_headers(package: Package, report: Report) -> None:
    for kind, target, _outside in package.relations(package.main).values():
        if kind.rsplit("/", 1)[-1] in ("header", "footer"):
            root = package.xml(target)
            if root is not None and any((one.text or "").strip() for one in root.iter(w("t"))):
                report.add("header_footer")
        elif kind.rsplit("/", 1)[-1] == "comments":
            root = package.xml(target)
            number = len(root.findall(w("comment"))) if root is not None else 0
            if number:
                report.add("comment", number)


@dataclass
class _Reader:
    package: Package
    report: Report
    title: str = ""

    def __post_init__(self) -> None:
        self.images = Images(self.report)
        self.styles, self.numbering = load(self.package)
        self.relations = self.package.relations(self.package.main)
        self.runs = RunReader(self.styles, self.relations, self.report, self._picture)

    def body(self, body: etree._Element) -> list[Node]:
        blocks = self._blocks(body, top=True)
        for number, mark_ in enumerate(self.runs.notes, start=1):
            blocks.extend(self._note(number, mark_))
        return blocks

    def _note(self, number: int, place: tuple[str, str]) -> list[Node]:
        """A footnote or endnote, moved to the end; `[1]` stands where it was called."""
        kind, key = place
        target = next((t for k, t, _out in self.relations.values() if k.endswith(f"/{kind}s")), "")
        root = self.package.xml(target)
        found = root.find(f"{w(kind)}[@{w('id')}='{int(key)}']") if root is not None and key.isdigit() else None
        if found is None:
            return []
        self.report.add("note")
        before = self.runs.relations
        self.runs.relations = self.package.relations(target)
        blocks, _images = fit(self._blocks(found), "list_item", self.report)
        self.runs.relations = before
        first = blocks[0]
        first["content"] = inline([text(f"[{number}] "), *first.get("content", [])])
        return [block for block in blocks if block.get("content")]

    # Blocks

    def _blocks(self, parent: etree._Element, top: bool = False) -> list[Node]:
        out = _Sequence()
        for element in self._parts(parent):
            if element.tag == w("p"):
                self._paragraph(element, out, top)
            elif element.tag == w("tbl"):
                for block in self._table(element):
                    out.add(block)
        return out.finish()

    def _parts(self, parent: etree._Element):
        for child in parent:
            if child.tag == w("sdt") and _is_contents(child):
                self.report.add("contents")
            elif child.tag in _THROUGH:
                if child.tag in (w("ins"), w("moveTo")):
                    self.report.add("inserted")
                yield from self._parts(child)
            elif child.tag in _GONE:
                self.report.add("deleted")
            elif child.tag == w("altChunk"):
                self.report.add("embedded")
            elif child.tag == f"{MC}AlternateContent":
                yield from self._parts(child.find(f"{MC}Choice") if child.find(f"{MC}Choice") is not None else child)
            else:
                yield child

    def _paragraph(self, element: etree._Element, out: _Sequence, top: bool) -> None:
        properties = element.find(w("pPr"))
        style = self.styles.name(value(properties, "pStyle"))
        content, extra, images = self.runs.paragraph(element)
        if style.startswith("toc ") and style != "toc heading":
            out.contents(self.report)
            return
        if style == DETAILS:
            # Written by our own export below the title: which version this was. Not part of the text.
            return
        if top and style == "title" and content and not self.title:
            self.title = "".join(part.get("text", " ") for part in content)
        else:
            self._place(properties, style, content, out)
        for image in images:
            out.add(image)
        for box in extra:
            self.report.add("text_box")
            for block in self._blocks(box):
                out.add(block)

    def _place(
        self,
        properties: etree._Element | None,
        style: str,
        content: list[Node],
        out: _Sequence,
    ) -> None:
        level = self.styles.heading_level(properties)
        numbered = numbering_of(properties, self.styles)
        if level and content:
            out.add(heading(level, [_plain_weight(part) for part in content]))
        elif not level and content and (kind := _container(style)):
            out.inside(*kind, paragraph(content), self.numbering.place(*numbered) if numbered else None)
        elif numbered and not level and content and (place := self.numbering.place(*numbered)):
            out.item(place, paragraph(content))
        elif style.startswith("list continue") and content and out.in_list():
            out.go_on(style, paragraph(content))
        elif style == "caption" and content and out.caption(content):
            return
        elif not content and _is_rule(properties, style):
            out.add({"type": "horizontal_rule"})
        elif content:
            if style == "table heading":
                out.add({**paragraph(content), "_heading": True})
            else:
                out.add(paragraph(content))
        else:
            out.empty()

    # Tables

    def _table(self, element: etree._Element) -> list[Node]:
        rows: list[list[dict]] = []
        outside: list[Node] = []
        open_cells: dict[int, Node] = {}
        for row in (one for one in self._parts(element) if one.tag == w("tr")):
            header = row.find(f"{w('trPr')}/{w('tblHeader')}") is not None
            cells = [self._cell(one, header, outside) for one in self._parts(row) if one.tag == w("tc")]
            rows.append(_merge_down(cells, open_cells))
        content = [{"type": "table_row", "content": cells} for cells in rows if cells]
        return ([{"type": "table", "content": content}] if content else []) + outside

    def _cell(self, element: etree._Element, header: bool, outside: list[Node]) -> dict:
        properties = element.find(w("tcPr"))
        blocks = self._blocks(element)
        header = header or (bool(blocks) and all(block.get("_heading") for block in blocks))
        content, images = fit(
            [{k: v for k, v in one.items() if k != "_heading"} for one in blocks], "table_cell", self.report
        )
        outside.extend(images)
        span = value(properties, "gridSpan") or "1"
        down = properties.find(w("vMerge")) if properties is not None else None
        attrs = {"colspan": min(int(span) if span.isdigit() else 1, 100) or 1, "rowspan": 1}
        node = {"type": "table_header" if header else "table_cell", "attrs": attrs, "content": content}
        goes_on = down is not None and down.get(w("val"), "continue") == "continue"
        return {"node": node, "starts": down is not None and not goes_on, "goes_on": goes_on}

    # Images

    def _picture(self, target: str, outside: bool, alt: str, decorative: bool) -> Node | None:
        """An image block for the picture at `target`; None (reported) when it cannot be taken over."""
        if outside:
            self.report.add("remote_image")
            return None
        return self.images.take(self.package.read(target), alt, decorative=decorative)


class _Sequence:
    """Blocks of one body or cell: neighbouring items become lists, neighbouring quotes one quotation."""

    def __init__(self) -> None:
        self.blocks: list[Node] = []
        self._list: ListBuilder | None = None
        #: The inside of the quotation or callout that is being written: the last block.
        self._inner: _Sequence | None = None
        self._contents = False

    def add(self, block: Node) -> None:
        self._close()
        self.blocks.append(block)

    def empty(self) -> None:
        """An empty paragraph ends a quotation, not a list: people put air between the items."""
        self._end_inner()

    def item(self, place: ListPlace, content: Node) -> None:
        if self._list is None:
            self._close()
            self._list = ListBuilder()
        if not self._list.fits(place):
            self._close()
            self._list = ListBuilder()
        self._list.item(place, content)

    def in_list(self) -> bool:
        return self._list is not None

    def go_on(self, style: str, content: Node) -> None:
        """A further paragraph of the last item at a level ("List Continue", "List Continue 2", ...)."""
        depth = style.rsplit(" ", 1)[-1]
        assert self._list is not None
        self._list.go_on(int(depth) - 1 if depth.isdigit() else 0, content)

    def inside(self, kind: str, attrs: dict, content: Node, place: ListPlace | None) -> None:
        """A paragraph, or an item, of a quotation or callout; joins the one just before it."""
        last = self.blocks[-1] if self.blocks else None
        if not (self._inner and self._list is None and last["type"] == kind and last.get("attrs", {}) == attrs):
            self.add({"type": kind, **({"attrs": attrs} if attrs else {}), "content": []})
            self._inner = _Sequence()
        if place:
            self._inner.item(place, content)
        else:
            self._inner.add(content)

    def caption(self, content: list[Node]) -> bool:
        """Give the caption to the image before it; False when there is none."""
        last = self.blocks[-1] if self.blocks else None
        if self._list is not None or last is None or last["type"] != "image" or last["attrs"]["caption"]:
            return False
        last["attrs"]["caption"] = "".join(part.get("text", " ") for part in content)[:MAX_ATTRIBUTE]
        return True

    def contents(self, report: Report) -> None:
        if not self._contents:
            report.add("contents")
        self._contents = True

    def finish(self) -> list[Node]:
        self._close()
        return self.blocks

    def _end_inner(self) -> None:
        if self._inner is not None:
            self.blocks[-1]["content"] = self._inner.finish()
            self._inner = None

    def _close(self) -> None:
        self._end_inner()
        if self._list is not None:
            self.blocks.append(self._list.finish())
            self._list = None


def _container(style: str) -> tuple[str, dict] | None:
    """Type and attributes of the block in which a paragraph of this style stands."""
    if style in _QUOTES:
        return "blockquote", {}
    if style.startswith("callout "):
        kind = style.split()[1]
        return "callout", {"kind": kind if kind in CALLOUTS else CALLOUTS[0]}
    return None


def _merge_down(cells: list[dict], open_cells: dict[int, Node]) -> list[Node]:
    """Cells of one row without those that go on from above; the cell above grows instead."""
    kept: list[Node] = []
    column = 0
    for cell in cells:
        node = cell["node"]
        if cell["goes_on"] and column in open_cells:
            open_cells[column]["attrs"]["rowspan"] += 1
        else:
            open_cells.pop(column, None)
            if cell["starts"]:
                open_cells[column] = node
            kept.append(node)
        column += node["attrs"]["colspan"]
    return kept


def _plain_weight(part: Node) -> Node:
    """A heading that is bold as a whole is just a heading."""
    marks = [one for one in part.get("marks", ()) if one["type"] != "strong"]
    rest = {key: item for key, item in part.items() if key != "marks"}
    return {**rest, "marks": marks} if marks else rest


def _is_contents(sdt: etree._Element) -> bool:
    gallery = sdt.find(f"{w('sdtPr')}/{w('docPartObj')}/{w('docPartGallery')}")
    return gallery is not None and gallery.get(w("val")) == "Table of Contents"


def _is_rule(properties: etree._Element | None, style: str) -> bool:
    if style == "horizontal line":
        return True
    return properties is not None and properties.find(f"{w('pBdr')}/{w('bottom')}") is not None
