"""The neutral form of a document, and its way into and out of Yjs.

    {"type": "doc", "content": [block, ...]}
    node  {"type", "attrs"?, "content"?}        text  {"type": "text", "text", "marks"?: [{"type", "attrs"?}]}

This is ProseMirror's JSON. In Yjs the layout is exactly that of y-prosemirror: below the root fragment one
XmlElement per node, whose attributes are the node's attributes, and one XmlText for each run of text, whose
formatting attributes are the marks. Every top-level block has a stable, unique `attrs.bid` (32 hex digits).
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from . import schema

Tree = dict[str, Any]

_REPEATED = uuid.UUID("6c0b9c9e-6f0e-4d0c-9f58-6d8f5c0f8a51")


def new_bid() -> str:
    """A fresh block id."""
    return uuid.uuid4().hex


def text(value: str, *marks: str | tuple[str, dict[str, Any]]) -> Tree:
    """A text node: `text("law", "strong", ("link", {"href": "#x"}))`."""
    node: Tree = {"type": "text", "text": value}
    if marks:
        node["marks"] = [
            {"type": mark} if isinstance(mark, str) else {"type": mark[0], "attrs": mark[1]} for mark in marks
        ]
    return node


def node(kind: str, /, *content: Tree | str, **attrs: Any) -> Tree:
    """An element: `node("heading", "Aims", level=2)`; a plain string becomes a text node."""
    made: Tree = {"type": kind}
    if attrs:
        made["attrs"] = attrs
    if content:
        made["content"] = [text(part) if isinstance(part, str) else part for part in content]
    return made


def doc(*blocks: Tree) -> Tree:
    """A document of these blocks; missing block ids are added."""
    return with_bids({"type": "doc", "content": list(blocks)}, fresh=True)


def with_bids(tree: Tree, *, fresh: bool = False) -> Tree:
    """The same tree in which every top-level block has its own `bid`, and nothing below has one.

    A missing or repeated id is new with `fresh`; otherwise it is derived from its neighbour, so that the same state
    always gives the same ids.
    """
    seen: set[str] = set()
    blocks, last, repeats = [], "", 0
    for block in tree.get("content", ()):
        attrs = dict(block.get("attrs", {}))
        bid = attrs.pop("bid", None)
        if not bid or bid in seen:
            repeats += 1
            bid = new_bid() if fresh else uuid.uuid5(_REPEATED, f"{bid or last}:{repeats}").hex
        seen.add(bid)
        last = bid
        blocks.append(_ordered(block, {"bid": bid, **attrs}, _without_bids(block.get("content", ()))))
    return {"type": "doc", "content": blocks}


def _without_bids(content: Iterable[Tree]) -> list[Tree]:
    out = []
    for child in content:
        if child["type"] == "text":
            out.append(child)
            continue
        attrs = {name: value for name, value in child.get("attrs", {}).items() if name != "bid"}
        out.append(_ordered(child, attrs, _without_bids(child.get("content", ()))))
    return out


def _ordered(block: Tree, attrs: dict[str, Any], content: list[Tree]) -> Tree:
    made: Tree = {"type": block["type"]}
    if attrs:
        made["attrs"] = attrs
    if content:
        made["content"] = content
    return made


# -- out of Yjs --------------------------------------------------------------


def load(state: bytes) -> Doc:
    """A Yjs document with this state. Only for bytes that come from the log or from ourselves."""
    ydoc: Doc = Doc()
    root(ydoc)
    if state:
        ydoc.apply_update(state)
    return ydoc


def root(ydoc: Doc) -> XmlFragment:
    """The shared root in which the blocks lie."""
    return ydoc.get(schema.ROOT, type=XmlFragment)


def from_state(state: bytes) -> Tree:
    """The neutral tree of an encoded Yjs state (format v1); b"" is the empty document."""
    return from_doc(load(state))


def from_doc(ydoc: Doc) -> Tree:
    """The neutral tree of a Yjs document; what the schema does not know is left out."""
    return with_bids({"type": "doc", "content": list(_read_children("doc", root(ydoc), 1))})


def _read_children(parent: str, element: XmlElement | XmlFragment, depth: int) -> Iterator[Tree]:
    if depth > schema.MAX_DEPTH:
        return
    for child in element.children:
        if isinstance(child, XmlText):
            if schema.child_allowed(parent, "#text"):
                yield from _read_text(child)
        elif isinstance(child, XmlElement) and schema.child_allowed(parent, child.tag or ""):
            yield _read_element(child, depth)


def _read_element(element: XmlElement, depth: int) -> Tree:
    kind = element.tag or ""
    attrs = {
        name: _plain(value)
        for name, value in sorted(element.attributes)  # type: ignore[call-overload]  # it iterates over pairs
        if name != "colwidth" and schema.attribute_allowed(kind, name, value)
    }
    return _ordered({"type": kind}, attrs, _joined(_read_children(kind, element, depth + 1)))


def _plain(value: Any) -> Any:
    # Yjs knows one kind of number.
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _read_text(ytext: XmlText) -> Iterator[Tree]:
    for chunk, attributes in ytext.diff():
        if not isinstance(chunk, str) or not chunk:
            continue
        marks = {
            schema.mark_name(key): value
            for key, value in (attributes or {}).items()
            if value is not None and schema.mark_allowed(key, value)
        }
        yield text(chunk, *((name, marks[name]) if marks[name] else name for name in schema.MARKS if name in marks))


def _joined(content: Iterable[Tree]) -> list[Tree]:
    """Neighbouring texts with the same marks become one, as ProseMirror holds them."""
    out: list[Tree] = []
    for child in content:
        last = out[-1] if out else None
        if last and child["type"] == last["type"] == "text" and child.get("marks") == last.get("marks"):
            last["text"] += child["text"]
        else:
            out.append(child)
    return out


# -- into Yjs ----------------------------------------------------------------


def new_client() -> int:
    """A random Yjs client id: 32 bits, as Yjs chooses them."""
    return secrets.randbits(32) or 1


def seed(tree: Tree, *, client: int | None = None) -> bytes:
    """The Yjs update (format v1) that makes an empty document into `tree`.

    `client`: the Yjs client id under which it is written (default: a random one). Raises `Invalid` when the tree does
    not obey the schema. A document is seeded once, by the server: seeding the same text twice doubles it.
    """
    schema.check_tree(tree)
    ydoc: Doc = Doc(client_id=client or new_client())
    fragment = root(ydoc)
    with ydoc.transaction():
        insert(fragment, 0, with_bids(tree, fresh=True)["content"])
    return ydoc.get_update()


def insert(parent: XmlElement | XmlFragment, index: int, content: Iterable[Tree]) -> int:
    """Insert nodes as children of `parent` from `index`; returns the index after them. Call it in a transaction."""
    run: list[Tree] = []
    for child in [*content, None]:
        if child is not None and child["type"] == "text":
            run.append(child)
            continue
        if run:
            ytext = XmlText()
            parent.children.insert(index, ytext)
            write_text(ytext, run)
            index, run = index + 1, []
        if child is not None:
            element = XmlElement(child["type"], child.get("attrs", {}))
            parent.children.insert(index, element)
            insert(element, 0, child.get("content", ()))
            index += 1
    return index


def write_text(ytext: XmlText, run: Iterable[Tree]) -> None:
    """Append text nodes with their marks to an XmlText."""
    for part in run:
        # pycrdt counts bytes here, which is what len() gives.
        ytext.insert(len(ytext), part["text"], marks_to_attributes(part))


def marks_to_attributes(part: Tree) -> dict[str, Any]:
    """The formatting attributes of a text node; none of our marks overlaps itself, so none is hashed."""
    return {mark["type"]: mark.get("attrs") or {} for mark in part.get("marks", ())}
