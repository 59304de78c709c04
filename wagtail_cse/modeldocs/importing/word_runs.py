"""The inside of a DOCX paragraph: runs, links, fields, notes, pictures."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from .flow import Node, inline, mark, safe_link, text, with_mark
from .report import Report
from .word_styles import Styles, switched, value, w

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ADEC = "{http://schemas.microsoft.com/office/drawing/2017/decorative}"

Marks = tuple[Node, ...]
Picture = Callable[[str, bool, str, bool], Node | None]

_CODE = {"html code", "code", "source text", "verbatim char", "code char", "inline code"}
_WRAPPERS = {"smartTag", "sdt", "sdtContent", "customXml", "ins", "moveTo", "fldSimple", "dir", "bdo", "rubyBase"}


class RunReader:
    """Reads one paragraph after the other; `notes` collects the footnotes called, in order."""

    def __init__(self, styles: Styles, relations: dict, report: Report, picture: Picture):
        self.styles = styles
        self.relations = relations
        self.report = report
        self.picture = picture
        self.notes: list[tuple[str, str]] = []
        self._fields: list[dict] = []
        self._begin()

    def _begin(self) -> None:
        self._content: list[Node] = []
        self._boxes: list[etree._Element] = []
        self._images: list[Node] = []

    def paragraph(self, element: etree._Element) -> tuple[list[Node], list[etree._Element], list[Node]]:
        """Inline content, text boxes anchored here (their `w:txbxContent`), and images."""
        outer = self._content, self._boxes, self._images
        self._begin()
        for child in element:
            self._inside(child, ())
        result = inline(self._content), self._boxes, self._images
        self._content, self._boxes, self._images = outer
        return result

    def _inside(self, element: etree._Element, marks: Marks) -> None:
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if tag == "r" and element.tag == w("r"):
            self._run(element, marks)
        elif element.tag == w("hyperlink"):
            self._hyperlink(element, marks)
        elif element.tag in (w("del"), w("moveFrom")):
            self.report.add("deleted")
        elif tag in ("oMath", "oMathPara"):
            self.report.add("formula")
        elif tag in _WRAPPERS:
            if tag in ("ins", "moveTo"):
                self.report.add("inserted")
            for child in element:
                self._inside(child, marks)
        elif element.tag == f"{MC}AlternateContent":
            self._alternative(element, marks, self._inside)

    def _hyperlink(self, element: etree._Element, marks: Marks) -> None:
        _kind, target, outside = self.relations.get(element.get(f"{R}id", ""), ("", "", False))
        link = None
        if outside:
            link = safe_link(target, self.report)
        elif element.get(w("anchor")):
            self.report.add("link")
        inner = with_mark(marks, link) if link else marks
        for child in element:
            self._inside(child, inner)

    # Runs

    def _run(self, element: etree._Element, marks: Marks) -> None:
        properties = element.find(w("rPr"))
        if switched(properties, "vanish"):
            if element.find(w("t")) is not None:
                self.report.add("hidden")
            return
        for child in element:
            self._piece(child, self._marks(properties, marks))

    def _marks(self, properties: etree._Element | None, marks: Marks) -> Marks:
        for one in self._fields:
            if one.get("link") and one["shown"]:
                marks = with_mark(marks, one["link"])
        chain = self.styles.chain(value(properties, "rStyle"))
        sources = [properties, *(style.element.find(w("rPr")) for style in chain)]
        for names, kind in ((("b",), "strong"), (("i",), "em"), (("strike", "dstrike"), "strikethrough")):
            said = [state for source in sources for name in names if (state := switched(source, name)) is not None]
            if said and said[0]:
                marks = with_mark(marks, mark(kind))
        raised = next((found for source in sources if (found := value(source, "vertAlign"))), "")
        if raised in ("superscript", "subscript"):
            marks = with_mark(marks, mark(raised))
        if any(style.name in _CODE for style in chain):
            marks = with_mark(marks, mark("code"))
        return marks

    def _piece(self, element: etree._Element, marks: Marks) -> None:
        tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if self._fields and not self._fields[-1]["shown"] and tag not in ("fldChar", "instrText"):
            return
        known = getattr(self, f"_on_{tag}", None)
        if known is not None:
            known(element, marks)
        elif element.tag == f"{MC}AlternateContent":
            self._alternative(element, marks, self._piece)

    def _alternative(self, element: etree._Element, marks: Marks, read: Callable) -> None:
        chosen = element.find(f"{MC}Choice")
        chosen = chosen if chosen is not None else element.find(f"{MC}Fallback")
        for child in chosen if chosen is not None else ():
            read(child, marks)

    def _on_t(self, element: etree._Element, marks: Marks) -> None:
        words = " ".join((element.text or "").replace("\xa0", "\ue000").split(" ")).replace("\ue000", "\xa0")
        words = words.replace("\n", " ").replace("\t", " ")
        if words:
            self._content.append(text(words, marks))

    def _on_tab(self, element: etree._Element, marks: Marks) -> None:
        self._content.append(text(" ", marks))

    _on_ptab = _on_tab

    def _on_br(self, element: etree._Element, marks: Marks) -> None:
        if element.get(w("type")) in ("page", "column"):
            self._content.append(text(" ", ()))
        else:
            self._content.append({"type": "hard_break"})

    _on_cr = _on_br

    def _on_noBreakHyphen(self, element: etree._Element, marks: Marks) -> None:
        self._content.append(text("\u2011", marks))

    def _on_sym(self, element: etree._Element, marks: Marks) -> None:
        code = int(element.get(w("char"), "0"), 16) if element.get(w("char"), "").isalnum() else 0
        if 0x20 <= code < 0xD800:
            self._content.append(text(chr(code), marks))
        else:
            self.report.add("symbol")

    def _on_ruby(self, element: etree._Element, marks: Marks) -> None:
        for child in element.iterfind(w("rubyBase")):
            self._inside(child, marks)

    def _on_footnoteReference(self, element: etree._Element, marks: Marks) -> None:
        kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
        self.notes.append((kind, element.get(w("id"), "")))
        self._content.append(text(f"[{len(self.notes)}]", (mark("superscript"),)))

    _on_endnoteReference = _on_footnoteReference

    # Fields: `{ HYPERLINK "https://..." }` begins, says what it is, separates, shows its result, ends

    def _on_fldChar(self, element: etree._Element, marks: Marks) -> None:
        kind = element.get(w("fldCharType"))
        if kind == "begin":
            self._fields.append({"code": "", "shown": False})
            if element.find(w("ffData")) is not None:
                self.report.add("field")
        elif kind == "separate" and self._fields:
            one = self._fields[-1]
            one["shown"] = True
            words = one["code"].split()
            if len(words) > 1 and words[0].upper() == "HYPERLINK" and not words[1].startswith("\\"):
                one["link"] = safe_link(words[1].strip('"“”'), self.report)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _on_instrText(self, element: etree._Element, marks: Marks) -> None:
        if self._fields:
            self._fields[-1]["code"] += element.text or ""

    # Drawings

    def _on_drawing(self, element: etree._Element, marks: Marks) -> None:
        boxes = list(element.iter(w("txbxContent")))
        self._boxes.extend(boxes)
        pictures = list(element.iter(f"{A}blip"))
        properties = next(element.iter(f"{WP}docPr"), None)
        alt = (properties.get("descr") or "") if properties is not None else ""
        decorative = any(one.get("val") in ("1", "true") for one in element.iter(f"{ADEC}decorative"))
        for blip in pictures:
            key, far = blip.get(f"{R}embed"), blip.get(f"{R}link")
            _kind, target, outside = self.relations.get(key or far or "", ("", "", bool(far)))
            image = self.picture(target, outside or not key, alt, decorative)
            if image:
                self._images.append(image)
        if not boxes and not pictures:
            self.report.add("drawing")

    def _on_pict(self, element: etree._Element, marks: Marks) -> None:
        boxes = list(element.iter(w("txbxContent")))
        self._boxes.extend(boxes)
        found = list(element.iter(f"{V}imagedata"))
        for data in found:
            _kind, target, outside = self.relations.get(data.get(f"{R}id", ""), ("", "", False))
            shape = data.getparent()
            alt = (shape.get("alt") or "") if shape is not None else ""
            image = self.picture(target, outside, alt, False)
            if image:
                self._images.append(image)
        if not boxes and not found:
            self.report.add("drawing")

    def _on_object(self, element: etree._Element, marks: Marks) -> None:
        self.report.add("embedded")
