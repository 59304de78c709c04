"""A small markup for writing a section without JavaScript.

    an empty line          separates paragraphs; a line end inside one is a line break
    ## ### ####            headings
    - item   1. item       lists; two spaces before an item put it one level lower
    > text                 a quote
    ---                    a line across
    **strong** _emphasis_ `code` ~~struck~~ ^up^ ~down~ [words](https://address)
    \\*                     a backslash takes the meaning from the sign after it
    [[2: Table ...]]       a part that cannot be written here; the line keeps it, or moves it, or removes it

What this cannot say exactly (tables, images, callouts, rare forms) stands there as such a line, so that nothing is
lost by saving.
"""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from . import schema
from .render import flat_text
from .tree import node, text

Tree = dict[str, Any]

_HEADING = re.compile(r"(#{2,4}) +(.*)\Z", re.S)
_ITEM = re.compile(r"( *)(?:(-)|(\d{1,6})[.)]) +(.*)\Z")
_QUOTE = re.compile(r"> ?(.*)\Z")
_KEPT = re.compile(r"\[\[(\d+)[^\n]*\]\]\Z")
_SPECIAL = re.compile(r"([\\*_`~^\[\]])")
_START = re.compile(r"\A(?=#{2,4} |---\Z)")
_LINE_START = re.compile(r"^(?= *- | *\d{1,6}[.)] |>)", re.M)

_INLINE = re.compile(
    r"\\(?P<literal>.)"
    r"|\[(?P<words>(?:\\.|[^\[\]\\])+)\]\((?P<href>(?:\\.|[^\s()\\])+)\)"
    r"|\*\*(?=\S)(?P<strong>(?:\\.|[^\\])+?)(?<=\S)\*\*"
    r"|~~(?=\S)(?P<strikethrough>(?:\\.|[^\\])+?)(?<=\S)~~"
    r"|(?<!\w)_(?=\S)(?P<em>(?:\\.|[^\\])+?)(?<=\S)_(?!\w)"
    r"|`(?P<code>(?:\\.|[^`\\])+)`"
    r"|\^(?=\S)(?P<superscript>(?:\\.|[^\^\\\s])+)\^"
    r"|~(?=\S)(?P<subscript>(?:\\.|[^~\\\s])+)~",
    re.S,
)
_SIGNS = {
    "strong": "**",
    "em": "_",
    "strikethrough": "~~",
    "superscript": "^",
    "subscript": "~",
    "code": "`",
}


# -- out ---------------------------------------------------------------------


def write(blocks: list[Tree]) -> list[str | None]:
    """The chunk of each block: its markup, or the line that stands for it; None for an empty paragraph."""
    return [_chunk(number, block) for number, block in enumerate(blocks, 1)]


def join(chunks: list[str | None]) -> str:
    """What goes into the text area."""
    return "\n\n".join(chunk for chunk in chunks if chunk is not None)


def _chunk(number: int, block: Tree) -> str | None:
    if block["type"] == "paragraph" and not block.get("content"):
        return None
    written = _write_block(block)
    # Only what comes back exactly as it was may be written here.
    if written is not None and "\n\n" not in written and _same(parse_chunk(written), block):
        return written
    words = " ".join(flat_text(block).split())[:40].replace("[", "(").replace("]", ")")
    return f"[[{number}: {_kind_label(block['type'])}{' ' if words else ''}{words}]]"


def _same(parsed: list[Tree], block: Tree) -> bool:
    attrs = {name: value for name, value in block.get("attrs", {}).items() if name not in ("bid", "section")}
    return len(parsed) == 1 and parsed[0] == _plain(block["type"], attrs, block.get("content", []))


def _plain(kind: str, attrs: Tree, content: list[Tree]) -> Tree:
    made: Tree = {"type": kind}
    if attrs and not (kind == "ordered_list" and attrs == {"order": 1}):
        made["attrs"] = attrs
    if content:
        made["content"] = content
    return made


def _kind_label(kind: str) -> str:
    return {
        "table": _("Table"),
        "image": _("Image"),
        "callout": _("Callout"),
        "blockquote": _("Quote"),
        "bullet_list": _("List"),
        "ordered_list": _("List"),
        "heading": _("Heading"),
    }.get(kind, _("Part with special formatting"))


def _write_block(block: Tree) -> str | None:
    kind, content = block["type"], block.get("content", [])
    if kind == "paragraph":
        return _START.sub("\\\\", _LINE_START.sub("\\\\", _write_inline(content)))
    if kind == "heading":
        return f"{'#' * block['attrs'].get('level', 2)} {_write_inline(content)}"
    if kind == "horizontal_rule":
        return "---"
    if kind in ("bullet_list", "ordered_list"):
        return _write_list(block, 0)
    if kind == "blockquote" and all(child["type"] == "paragraph" for child in content):
        return "\n>\n".join(
            "\n".join(f"> {line}" for line in _write_inline(child.get("content", [])).split("\n"))
            for child in content
        )
    return None


def _write_list(block: Tree, depth: int) -> str | None:
    lines = []
    order = block.get("attrs", {}).get("order", 1)
    for number, item in enumerate(block.get("content", []), order):
        parts = item.get("content", [])
        if not parts or parts[0]["type"] != "paragraph":
            return None
        sign = "-" if block["type"] == "bullet_list" else f"{number}."
        lines.append(f"{'  ' * depth}{sign} {_write_inline(parts[0].get('content', []))}")
        for part in parts[1:]:
            inner = _write_list(part, depth + 1) if part["type"].endswith("_list") else None
            if inner is None:
                return None
            lines.append(inner)
    return "\n".join(lines)


def _write_inline(content: list[Tree]) -> str:
    return "".join("\n" if child["type"] == "hard_break" else _write_run(child) for child in content)


def _write_run(run: Tree) -> str:
    raw = run["text"]
    words = raw.strip()
    if not words:
        return raw
    before, after = raw[: len(raw) - len(raw.lstrip())], raw[len(raw.rstrip()) :]
    out = _SPECIAL.sub(r"\\\1", words)
    marks = {mark["type"]: mark.get("attrs", {}) for mark in run.get("marks", [])}
    for name in reversed(schema.MARKS):
        if name == "link" and name in marks:
            href = re.sub(r"([\\()])", r"\\\1", marks[name]["href"])
            out = f"[{out}]({href})"
        elif name in marks:
            out = f"{_SIGNS[name]}{out}{_SIGNS[name]}"
    return f"{before}{out}{after}"


# -- in ----------------------------------------------------------------------


def chunks(written: str) -> list[str]:
    """The chunks of what was typed: what stands between empty lines."""
    lines = written.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line.rstrip())
        elif found[-1]:
            found.append([])
    return ["\n".join(chunk) for chunk in found if chunk]


def kept(chunk: str) -> int | None:
    """The number in a line that stands for a part; None for any other chunk."""
    match = _KEPT.match(chunk)
    return int(match[1]) if match else None


def parse_chunk(chunk: str) -> list[Tree]:
    """The blocks of one chunk, without ids. Whatever is typed becomes something: at worst a paragraph."""
    heading = _HEADING.match(chunk)
    if heading and "\n" not in chunk:
        return [node("heading", *_parse_inline(heading[2]), level=len(heading[1]))]
    if chunk == "---":
        return [node("horizontal_rule")]
    lines = chunk.split("\n")
    if all(line.startswith(">") for line in lines):
        return [_parse_quote(lines)]
    if all(_ITEM.match(line) for line in lines):
        return _parse_lists([_ITEM.match(line) for line in lines])
    return [node("paragraph", *_parse_inline(chunk))]


def _parse_quote(lines: list[str]) -> Tree:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        match = _QUOTE.match(line)
        words = match[1] if match else line
        if words:
            paragraphs[-1].append(words)
        else:
            paragraphs.append([])
    inner = [node("paragraph", *_parse_inline("\n".join(p))) for p in paragraphs if p]
    return node("blockquote", *(inner or [node("paragraph")]))


def _parse_lists(lines: list[Any]) -> list[Tree]:
    """Lists by indentation. Two kinds at the same level are two lists."""
    made: list[Tree] = []
    at = 0
    while at < len(lines):
        block, at = _parse_list(lines, at, len(lines[at][1]), 0)
        made.append(block)
    return made


def _parse_list(lines: list[Any], at: int, indent: int, depth: int) -> tuple[Tree, int]:
    bullets = lines[at][2] is not None
    order = 1 if bullets else int(lines[at][3])
    items: list[Tree] = []
    while at < len(lines):
        line = lines[at]
        deeper = len(line[1]) - indent
        if deeper < 0 or (deeper < 2 and (line[2] is not None) != bullets):
            break
        if deeper >= 2 and items and depth < schema.MAX_DEPTH // 2 - 2:
            inner, at = _parse_list(lines, at, len(line[1]), depth + 1)
            items[-1]["content"].append(inner)
            continue
        items.append(node("list_item", node("paragraph", *_parse_inline(line[4]))))
        at += 1
    if bullets:
        return node("bullet_list", *items), at
    return (node("ordered_list", *items, order=order) if order != 1 else node("ordered_list", *items)), at


def _parse_inline(source: str, marks: tuple[Any, ...] = ()) -> list[Tree]:
    out: list[Tree] = []
    at = 0
    for match in _INLINE.finditer(source):
        _add(out, source[at : match.start()], marks)
        at = match.end()
        kind = match.lastgroup
        if kind == "literal":
            _add(out, match["literal"], marks)
        elif kind == "href":
            href = re.sub(r"\\(.)", r"\1", match["href"])
            if schema.safe_href(href):
                out += _parse_inline(match["words"], (*marks, ("link", {"href": href})))
            else:
                _add(out, match[0], marks)
        else:
            assert kind is not None
            out += _parse_inline(match[kind], (*marks, kind))
    _add(out, source[at:], marks)
    return _joined(out)


def _add(out: list[Tree], words: str, marks: tuple[Any, ...]) -> None:
    names = {mark if isinstance(mark, str) else mark[0]: mark for mark in marks}
    ordered = [names[name] for name in schema.MARKS if name in names]
    for number, line in enumerate(words.split("\n")):
        if number:
            out.append(node("hard_break"))
        if line:
            out.append(text(line, *ordered))


def _joined(nodes: list[Tree]) -> list[Tree]:
    out: list[Tree] = []
    for child in nodes:
        last = out[-1] if out else None
        if last and last["type"] == child["type"] == "text" and last.get("marks") == child.get("marks"):
            out[-1] = {**last, "text": last["text"] + child["text"]}
        else:
            out.append(child)
    return out
