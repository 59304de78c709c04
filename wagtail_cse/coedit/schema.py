"""What a document may contain: one table for the reader of frames, for imports and for the renderer.

The editor's ProseMirror schema says the same in JavaScript. A node, mark or attribute that is not named here never
enters a document: an editor with another schema would delete what it does not know.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from wagtail_cse.core.exceptions import Invalid

#: Clients state it in the handshake; an older one is told to reload (close code 4409).
VERSION = 1
#: Name of the shared root type, as y-prosemirror binds it.
ROOT = "prosemirror"
#: Levels of nesting, root excluded.
MAX_DEPTH = 24
MAX_ATTRIBUTE = 2000

Check = Callable[[Any], bool]

# Browsers read "/\\host" as "//host" and skip tabs and line ends inside an address, hence the rest of the pattern.
HREF = re.compile(r"(?:https?://|mailto:|tel:|#|/(?![/\\]))[^\s\x00-\x1f\x7f]*\Z", re.I)
BID = re.compile(r"[0-9a-f]{32}\Z")


def safe_href(value: Any) -> bool:
    """True for http, https, mailto, tel, a fragment and an address within the site (one leading slash)."""
    return isinstance(value, str) and len(value) <= MAX_ATTRIBUTE and HREF.match(value) is not None


def _text(limit: int) -> Check:
    return lambda value: isinstance(value, str) and len(value) <= limit


def _whole(low: int, high: int) -> Check:
    def check(value: Any) -> bool:
        return (
            not isinstance(value, bool)
            and isinstance(value, int | float)
            and low <= value <= high
            and value == int(value)
        )

    return check


def _one_of(*values: str) -> Check:
    return lambda value: value in values if isinstance(value, str) else False


def _bid(value: Any) -> bool:
    return isinstance(value, str) and BID.match(value) is not None


def _uuid(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > 36:
        return False
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


def _widths(value: Any) -> bool:
    return value is None or (isinstance(value, list) and len(value) <= 100 and all(map(_whole(0, 10_000), value)))


@dataclass(frozen=True)
class NodeType:
    """`children`: names allowed inside. `inline`: also text. `attributes`: name -> check of its value."""

    children: frozenset[str] = frozenset()
    inline: bool = False
    attributes: dict[str, Check] = field(default_factory=dict)


BLOCKS = frozenset(
    (
        *("paragraph", "heading", "blockquote", "bullet_list", "ordered_list"),
        *("horizontal_rule", "image", "callout", "table"),
    )
)
INLINE = frozenset({"hard_break"})
CALLOUTS = ("note", "warning", "example")
_CELL = {"colspan": _whole(1, 100), "rowspan": _whole(1, 1000), "colwidth": _widths}

NODES: dict[str, NodeType] = {
    "doc": NodeType(BLOCKS),
    "paragraph": NodeType(INLINE, True, {"bid": _bid}),
    "heading": NodeType(INLINE, True, {"bid": _bid, "level": _whole(2, 4), "section": _text(64)}),
    "blockquote": NodeType(BLOCKS, False, {"bid": _bid}),
    "bullet_list": NodeType(frozenset({"list_item"}), False, {"bid": _bid}),
    "ordered_list": NodeType(frozenset({"list_item"}), False, {"bid": _bid, "order": _whole(0, 100_000)}),
    "list_item": NodeType(BLOCKS, False, {}),
    "horizontal_rule": NodeType(attributes={"bid": _bid}),
    "hard_break": NodeType(),
    "image": NodeType(
        attributes={
            "bid": _bid,
            "image": _uuid,
            "alt": _text(MAX_ATTRIBUTE),
            "caption": _text(MAX_ATTRIBUTE),
            "decorative": lambda value: isinstance(value, bool),
        }
    ),
    "callout": NodeType(BLOCKS, False, {"bid": _bid, "kind": _one_of(*CALLOUTS)}),
    "table": NodeType(frozenset({"table_row"}), False, {"bid": _bid}),
    "table_row": NodeType(frozenset({"table_cell", "table_header"})),
    "table_cell": NodeType(BLOCKS, False, _CELL),
    "table_header": NodeType(BLOCKS, False, _CELL),
}

#: Outermost first: the order in which the renderer nests them.
MARKS: dict[str, dict[str, Check]] = {
    "link": {"href": safe_href},
    "strong": {},
    "em": {},
    "strikethrough": {},
    "superscript": {},
    "subscript": {},
    "code": {},
}
#: y-prosemirror appends a hash to marks that may overlap themselves.
HASHED_MARK = re.compile(r"(.*)--[a-zA-Z0-9+/=]{8}\Z")


def mark_name(key: str) -> str:
    """The mark of a text attribute: `link--x3Ab9c0d` is a `link`."""
    match = HASHED_MARK.match(key)
    return match.group(1) if match else key


def mark_allowed(key: str, value: Any) -> bool:
    """May a text carry this formatting attribute? `value` None takes the mark away."""
    checks = MARKS.get(mark_name(key))
    if checks is None:
        return False
    if value is None:
        return True
    return isinstance(value, dict) and value.keys() == checks.keys() and all(c(value[k]) for k, c in checks.items())


def attribute_allowed(node: str, name: str, value: Any) -> bool:
    """May an element of type `node` carry this attribute with this value?"""
    spec = NODES.get(node)
    check = spec.attributes.get(name) if spec else None
    return check is not None and check(value)


def child_allowed(parent: str, child: str) -> bool:
    """May an element `child` (or the text node `#text`) stand directly inside `parent`?"""
    spec = NODES.get(parent)
    if spec is None:
        return False
    return spec.inline if child == "#text" else child in spec.children


def check_tree(tree: dict[str, Any]) -> None:
    """Check a neutral tree (`coedit.tree`) against the table.

    Raises `core.exceptions.Invalid` (code "schema") at the first thing that is not allowed.
    """
    if not isinstance(tree, dict) or tree.get("type") != "doc":
        raise Invalid(_("This is not a document."), code="schema")
    _check_node(tree, 0)


def _refuse(what: str) -> None:
    raise Invalid(
        _("The text contains something that a document cannot hold: %(what)s.") % {"what": what}, code="schema"
    )


def _check_node(node: dict[str, Any], depth: int) -> None:
    kind = node["type"]
    if depth > MAX_DEPTH:
        _refuse(_("nesting that is too deep"))
    for name, value in node.get("attrs", {}).items():
        if not attribute_allowed(kind, name, value):
            _refuse(f"{kind} {name}")
    for child in node.get("content", ()):
        name = child.get("type") if isinstance(child, dict) else None
        if name == "text":
            _check_text(kind, child)
        elif not isinstance(name, str) or not child_allowed(kind, name):
            _refuse(str(name))
        else:
            _check_node(child, depth + 1)


def _check_text(parent: str, node: dict[str, Any]) -> None:
    if not child_allowed(parent, "#text") or not isinstance(node.get("text"), str) or not node["text"]:
        _refuse(_("text in a wrong place"))
    for mark in node.get("marks", ()):
        if not mark_allowed(mark["type"], mark.get("attrs") or {}):
            _refuse(mark["type"])
