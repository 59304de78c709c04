"""HTML (saved web pages, exports of word processors) into the neutral tree."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.utils.translation import gettext as _
from lxml import html

from wagtail_cse.coedit.schema import CALLOUTS
from wagtail_cse.core.exceptions import Invalid

from .flow import (
    Flow,
    Imported,
    Node,
    document,
    fit,
    heading,
    inline,
    mark,
    safe_link,
    with_mark,
    without_mark,
)
from .html_source import count_around, decode, parse
from .images import Images
from .report import Report

_MARKS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "cite": "em",
    "dfn": "em",
    "var": "em",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
    "sup": "superscript",
    "sub": "subscript",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
}
# fmt: off
_INLINE = {
    "span", "font", "u", "ins", "small", "big", "mark", "abbr", "acronym", "time", "label", "bdi", "bdo",
    "data", "ruby", "rb", "wbr", "output", "meter", "nobr", "q",
}
_BLOCKS = {
    "html", "body", "p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "address",
    "figure", "center", "fieldset", "form", "dl", "dd", "details", "summary", "legend", "hgroup", "search",
    "dir", "caption", "figcaption", "optgroup", "picture", "noscript", "li", "tr", "td", "th", "tbody",
    "thead",
}
# fmt: on
_DROPPED = {
    "script": "script",
    "style": "style",
    "iframe": "embedded",
    "frame": "embedded",
    "frameset": "embedded",
    "object": "embedded",
    "embed": "embedded",
    "applet": "embedded",
    "video": "embedded",
    "audio": "embedded",
    "svg": "drawing",
    "canvas": "drawing",
    "map": "drawing",
    "math": "formula",
    "input": "field",
    "select": "field",
    "textarea": "field",
    "button": "field",
    "datalist": "field",
}
_SILENT = {"head", "title", "meta", "base", "template", "rp", "rt", "col", "colgroup", "source", "param", "track"}
_BOLD = re.compile(r"font-weight\s*:\s*(bold(?:er)?|[6-9]00)", re.I)
_NOT_BOLD = re.compile(r"font-weight\s*:\s*(normal|lighter|[1-4]00)", re.I)
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique)", re.I)
_STRUCK = re.compile(r"text-decoration[^;]*:[^;]*line-through", re.I)
_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DATA_URI = re.compile(r"^data:(image/[a-z0-9.+-]+)((?:;[^,;]*)*),", re.I)

#: Class of the element in which `exporting` writes the version line.
EDITION = "cse-edition"

Marks = tuple[Node, ...]


def read_html(data: bytes) -> Imported:
    """Read a page.

    Raises `Invalid` with a sentence for the user when it holds no text or is built in a way that no page is.
    """
    root = parse(decode(data))
    report = Report()
    count_around(root, report)
    reader = _Reader(report)
    body = root.find("body")
    blocks = reader.blocks(body if body is not None else root)
    language = (root.get("lang") or root.get(f"{{{'http://www.w3.org/XML/1998/namespace'}}}lang") or "").strip()
    if not language and body is not None:
        language = (body.get("lang") or "").strip()
    title, tree = document(blocks, report)
    if not tree["content"]:
        raise Invalid(_("There is no text in this file."), code="empty")
    return Imported(title, language, tree, reader.images.pending, report)


class _Reader:
    def __init__(self, report: Report):
        self.report = report
        self.images = Images(report)
        self._special: dict[str, Callable[[html.HtmlElement, Flow, Marks], None]] = {
            "blockquote": self._quote,
            "ul": self._list,
            "ol": self._list,
            "menu": self._list,
            "table": self._table,
            "img": self._image,
            "figure": self._figure,
            "pre": self._preformatted,
            "dt": self._term,
            "aside": self._aside,
        }

    def blocks(self, element: html.HtmlElement) -> list[Node]:
        flow = Flow()
        self._children(element, flow, ())
        return flow.finish()

    # Walking

    def _children(self, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        flow.text(_SPACES.sub(" ", element.text or ""), marks)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, flow, marks)
            flow.text(_SPACES.sub(" ", child.tail or ""), marks)

    def _element(self, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        tag = element.tag.lower()
        if tag in _DROPPED:
            if not (tag == "input" and element.get("type") == "hidden"):
                self.report.add(_DROPPED[tag])
        elif tag in _SILENT or tag == "link":
            return
        elif EDITION in (element.get("class") or "").split():
            # Written by our own export: which version this was. Not part of the text.
            return
        elif element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            self.report.add("hidden")
        elif tag in self._special:
            self._special[tag](element, flow, marks)
        elif len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            self._heading(element, flow)
        else:
            self._plain(tag, element, flow, marks)

    def _plain(self, tag: str, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        if tag == "br":
            flow.line_break()
        elif tag == "hr":
            flow.add({"type": "horizontal_rule"})
        elif tag in _BLOCKS:
            flow.end_paragraph()
            self._children(element, flow, self._styled(element, marks))
            flow.end_paragraph()
        else:
            self._inline(tag, element, flow, marks)

    def _inline(self, tag: str, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        if tag == "a":
            href = element.get("href")
            link = safe_link(href, self.report) if href and not href.startswith("#") else None
            if href and href.startswith("#"):
                self.report.add("link")
            marks = with_mark(marks, link) if link else marks
        elif tag in _MARKS:
            marks = with_mark(marks, mark(_MARKS[tag]))
        elif tag not in _INLINE and ":" not in tag:
            # Names with a colon are Word's own (o:p, st1:city): plain wrappers without meaning.
            self.report.add("unknown", name=tag)
        quotes = tag == "q"
        flow.text("“" if quotes else "", marks)
        self._children(element, flow, self._styled(element, marks))
        flow.text("”" if quotes else "", marks)

    def _styled(self, element: html.HtmlElement, marks: Marks) -> Marks:
        """Word processors write emphasis as style attributes."""
        style = element.get("style")
        if not style:
            return marks
        if _NOT_BOLD.search(style):
            marks = without_mark(marks, "strong")
        for pattern, name in ((_BOLD, "strong"), (_ITALIC, "em"), (_STRUCK, "strikethrough")):
            if pattern.search(style):
                marks = with_mark(marks, mark(name))
        raised = _RAISED.search(style)
        if raised and element.tag == "span":
            marks = with_mark(marks, mark("superscript" if raised.group(1).lower() == "super" else "subscript"))
        return marks

    # Blocks

    def _heading(self, element: html.HtmlElement, flow: Flow) -> None:
        inner = Flow()
        self._children(element, inner, ())
        blocks = inner.finish()
        words: list[Node] = []
        for block in blocks:
            if block["type"] == "paragraph":
                words.extend([{"type": "text", "text": " "}, *block["content"]] if words else block["content"])
        # A heading that is bold as a whole is just a heading.
        words = inline([_without_strong(node) for node in words])
        flow.end_paragraph()
        if words:
            flow.add(heading(int(element.tag[1]), words))
        for block in blocks:
            if block["type"] == "image":
                flow.add(block)

    def _within(self, element: html.HtmlElement, parent: str, marks: Marks = ()) -> tuple[list[Node], list[Node]]:
        inner = Flow()
        self._children(element, inner, marks)
        return fit(inner.finish(), parent, self.report)

    def _quote(self, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        self._container({"type": "blockquote"}, element, flow, marks)

    def _aside(self, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        classes = (element.get("class") or "").split()
        if "cse-callout" not in classes:
            self._plain("div", element, flow, marks)
            return
        kind = next((name for name in CALLOUTS if f"cse-callout-{name}" in classes), CALLOUTS[0])
        self._container({"type": "callout", "attrs": {"kind": kind}}, element, flow, marks)

    def _container(self, node: Node, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        content, images = self._within(element, node["type"], marks)
        if any(_has_words(block) for block in content):
            flow.add({**node, "content": content})
        for image in images:
            flow.add(image)

    def _list(self, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        items: list[Node] = []
        outside: list[Node] = []
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag in ("ul", "ol") and items:
                # Word nests lists beside their item instead of inside it.
                inner = Flow()
                self._list(child, inner, marks)
                items[-1]["content"].extend(inner.finish())
                continue
            content, images = self._within(child, "list_item", self._styled(child, marks))
            outside.extend(images)
            if any(_has_words(block) for block in content):
                items.append({"type": "list_item", "content": content})
        flow.end_paragraph()
        if items:
            flow.add(_list_node(element, items))
        for image in outside:
            flow.add(image)

    def _table(self, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        flow.end_paragraph()
        for caption in element.findall("caption"):
            self._plain("p", caption, flow, marks)
        outside: list[Node] = []
        rows: list[Node] = []
        for row in element.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"):
            cells = [self._cell(cell, outside) for cell in row if cell.tag in ("td", "th")]
            if cells:
                rows.append({"type": "table_row", "content": cells})
        if rows and any(_has_words(cell) for row in rows for cell in row["content"]):
            flow.add({"type": "table", "content": rows})
        for image in outside:
            flow.add(image)

    def _cell(self, element: html.HtmlElement, outside: list[Node]) -> Node:
        content, images = self._within(element, "table_cell", ())
        outside.extend(images)
        kind = (
            "table_header" if element.tag == "th" or element.getparent().getparent().tag == "thead" else "table_cell"
        )
        spans = {
            "colspan": _number(element.get("colspan"), 1, 100),
            "rowspan": _number(element.get("rowspan"), 1, 1000),
        }
        return {"type": kind, "attrs": spans, "content": content}

    def _term(self, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        flow.end_paragraph()
        self._children(element, flow, with_mark(marks, mark("strong")))
        flow.end_paragraph()

    def _preformatted(self, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        flow.end_paragraph()
        for number, line in enumerate((element.text_content() or "").strip("\r\n").splitlines()):
            if number:
                flow.line_break()
            flow.text(line.replace("\t", "    "), with_mark(marks, mark("code")))
        flow.end_paragraph()

    # Images

    def _figure(self, element: html.HtmlElement, flow: Flow, marks: Marks) -> None:
        pictures = element.xpath(".//img")
        captions = element.xpath("./figcaption")
        before = len(flow.blocks)
        if len(pictures) == 1 and len(captions) == 1 and not element.xpath(".//table"):
            flow.end_paragraph()
            caption = _SPACES.sub(" ", captions[0].text_content()).strip()
            self._image(pictures[0], flow, marks, caption)
            if len(flow.blocks) == before and caption:
                flow.text(caption, marks)
                flow.end_paragraph()
        else:
            self._plain("div", element, flow, marks)

    def _image(self, element: html.HtmlElement, flow: Flow, marks: Marks, caption: str = "") -> None:
        source = (element.get("src") or "").strip()
        found = _DATA_URI.match(source)
        if not found:
            self.report.add("remote_image")
            return
        try:
            payload = source[found.end() :]
            data = base64.b64decode(payload) if ";base64" in found.group(2).lower() else unquote_to_bytes(payload)
        except (binascii.Error, ValueError):
            data = b""
        decorative = element.get("alt") == "" or element.get("role") == "presentation"
        image = self.images.take(data, element.get("alt") or "", caption=caption, decorative=decorative)
        if image:
            flow.add(image)


def _list_node(element: html.HtmlElement, items: list[Node]) -> Node:
    if element.tag != "ol":
        return {"type": "bullet_list", "content": items}
    return {"type": "ordered_list", "attrs": {"order": _number(element.get("start"), 1, 100_000)}, "content": items}


def _without_strong(node: Node) -> Node:
    marks = [one for one in node.get("marks", ()) if one["type"] != "strong"]
    rest = {key: value for key, value in node.items() if key != "marks"}
    return {**rest, "marks": marks} if marks else rest


def _has_words(node: Node) -> bool:
    if node["type"] == "text":
        return bool(node["text"].strip())
    return any(_has_words(child) for child in node.get("content", ()))


def _number(value: str | None, default: int, most: int) -> int:
    try:
        number = int(value or default)
    except ValueError:
        return default
    return number if 1 <= number <= most else default
