"""Yjs relative positions: where a comment belongs, whatever happens to the text around it."""

from __future__ import annotations

from .inspection import Malformed, Reader


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
