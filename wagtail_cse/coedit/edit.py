"""Edits made by the server: change a document into another text, touching only what differs.

A paragraph that is replaced as a whole takes with it what somebody else is typing in it at this moment, the anchors
of comments and the knowledge of who wrote what. So texts are changed in place, word by word, and only a block whose
kind differs is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from difflib import SequenceMatcher
from typing import Any

from pycrdt import Doc, XmlElement, XmlFragment, XmlText

from . import schema
from .tree import Tree, from_doc, insert, load, marks_to_attributes, new_client, root, with_bids

Key = Callable[[Tree], Hashable]

_WORDS = re.compile(r"\w+|\s+|.", re.S)


def update_blocks(state: bytes, wanted: Tree) -> bytes | None:
    """The Yjs update that turns the document in `state` into `wanted`; None when it is that already.

    Blocks are recognised by their `bid`. Raises `Invalid` when `wanted` does not obey the schema.
    """
    schema.check_tree(wanted)
    wanted = with_bids(wanted, fresh=True)
    ydoc = load(state)
    present = from_doc(ydoc)
    if present == wanted:
        return None
    # Under a client id of its own: the bytes in `state` belong to others.
    edited: Doc = Doc(client_id=new_client())
    fragment = root(edited)
    edited.apply_update(state)
    before = edited.get_state()
    with edited.transaction():
        # `from_doc` may leave elements out; then the two do not run in step and everything is written anew.
        if len(fragment.children) == len(present["content"]):
            _merge_children(fragment, present["content"], wanted["content"], _block)
        else:
            _clear(fragment)
            insert(fragment, 0, wanted["content"])
    return edited.get_update(before)


def _block(node: Tree) -> Hashable:
    return node["type"], node.get("attrs", {}).get("bid")


def _kind(node: Tree) -> Hashable:
    return node["type"]


def _merge_children(parent: Any, old: list[Tree], new: list[Tree], key: Key) -> None:
    """Bring the children of `parent` from `old` to `new`; what has the same key is changed in place."""
    index = 0
    for operation, old_from, old_to, new_from, new_to in _alignment(old, new, key):
        if operation == "keep":
            for was, wanted in zip(old[old_from:old_to], new[new_from:new_to], strict=True):
                _merge_element(parent.children[index], was, wanted)
                index += 1
        else:
            for _ in range(old_to - old_from):
                del parent.children[index]
            index = insert(parent, index, new[new_from:new_to])


def _alignment(old: list[Tree], new: list[Tree], key: Key) -> list[tuple[str, int, int, int, int]]:
    """Runs to keep and runs to replace, in order; nodes with the same key stay."""
    matcher = SequenceMatcher(None, [key(node) for node in old], [key(node) for node in new], autojunk=False)
    return [("keep" if tag == "equal" else "replace", a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes()]


def _merge_element(element: Any, old: Tree, new: Tree) -> None:
    if old == new:
        return
    _merge_attributes(element, old, new)
    before, after = old.get("content", []), new.get("content", [])
    if before == after:
        return
    if schema.NODES[new["type"]].inline:
        _merge_inline(element, before, after)
    elif len(element.children) == len(before):
        _merge_children(element, before, after, _kind)
    else:
        _clear(element)
        insert(element, 0, after)


def _merge_attributes(element: XmlElement, old: Tree, new: Tree) -> None:
    before, after = old.get("attrs", {}), new.get("attrs", {})
    for name in before.keys() - after.keys():
        del element.attributes[name]
    for name, value in after.items():
        if before.get(name) != value or name not in before:
            element.attributes[name] = value


def _merge_inline(element: XmlElement, before: list[Tree], after: list[Tree]) -> None:
    plain = all(node["type"] == "text" for node in (*before, *after))
    if plain and len(element.children) == 1 and isinstance(element.children[0], XmlText):
        _merge_text(element.children[0], before, after)
    else:
        _clear(element)
        insert(element, 0, after)


def _merge_text(ytext: XmlText, before: list[Tree], after: list[Tree]) -> None:
    old, new = _flat(before), _flat(after)
    at = 0
    matcher = SequenceMatcher(None, _WORDS.findall(old), _WORDS.findall(new), autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        gone, come = "".join(matcher.a[a:b]), "".join(matcher.b[c:d])
        if tag == "equal":
            at += _size(gone)
            continue
        if gone:
            del ytext[at : at + _size(gone)]
        if come:
            ytext.insert(at, come)
            at += _size(come)
    _format(ytext, after)


def _format(ytext: XmlText, after: list[Tree]) -> None:
    """Give every run its marks, and only those."""
    present = [(chunk, attributes or {}) for chunk, attributes in ytext.diff()]
    wanted = [(node["text"], marks_to_attributes(node)) for node in after]
    if _joined(present) == _joined(wanted):
        return
    every = {name for _text, attributes in present for name in attributes}
    at = 0
    for text, attributes in wanted:
        size = _size(text)
        ytext.format(at, at + size, {**dict.fromkeys(every), **attributes})
        at += size


def _joined(runs: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    out: list[tuple[str, dict[str, Any]]] = []
    for text, attributes in runs:
        if out and out[-1][1] == attributes:
            out[-1] = (out[-1][0] + text, attributes)
        else:
            out.append((text, attributes))
    return out


def _clear(parent: XmlElement | XmlFragment) -> None:
    for _ in range(len(parent.children)):
        del parent.children[0]


def _flat(nodes: list[Tree]) -> str:
    return "".join(node["text"] for node in nodes)


def _size(text: str) -> int:
    # pycrdt counts bytes.
    return len(text.encode())
