"""Yjs relative positions: where a comment belongs, whatever happens to the text around it."""

from __future__ import annotations

from typing import NamedTuple

from .authors import Chains
from .inspection import Id, Malformed, Reader, inspect
from .wire import uint


def check_anchor(data: bytes) -> bool:
    """Is this an encoded relative position? Read here only: the bytes come from a browser.

    item (0, id) or the end of a root type (1, name) or of an element (2, id); then perhaps the side it sticks to.
    """
    reader = Reader(data)
    try:
        kind = reader.uint()
        if kind == 1:
            reader.string()
        elif kind in (0, 2):
            reader.id()
        else:
            return False
        if reader.at < reader.size:
            # lib0's signed integer: one byte is enough for -1 and 0.
            reader.byte()
    except Malformed:
        return False
    return reader.at == reader.size


class Anchor(NamedTuple):
    """Two encoded relative positions and the block they stand in."""

    start: bytes
    end: bytes
    bid: str


def around(state: bytes, quote: str) -> Anchor:
    """The anchor of the first place where `quote` stands in one piece of text, for comments that a program writes.

    Raises `ValueError` when it stands nowhere so.
    """
    items = inspect(state).items
    for item in items:
        at = item.value.find(quote) if item.kind == "text" and quote else -1
        if at >= 0:
            client, clock = item.id
            first = clock + _units(item.value[:at])
            last = first + _units(quote) - 1
            return Anchor(_position((client, first), 0), _position((client, last), 0x41), Chains(items).bid_of(item))
    raise ValueError(f"{quote!r} does not stand in the text")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _position(at: Id, side: int) -> bytes:
    # `side` is lib0's signed integer: 0 before the character, 0x41 (-1) behind it.
    return bytes((0,)) + uint(at[0]) + uint(at[1]) + bytes((side,))
