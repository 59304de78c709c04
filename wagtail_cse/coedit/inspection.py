"""Read a Yjs update (format v1) without applying it.

Pure Python and bounded: nothing is allocated from a length that the sender claims, nesting is capped, and every byte
is accounted for. It runs before any byte from the network reaches the Rust library, whose decoder recurses without a
limit. Only what an editor of ours writes is read; sub-documents, moves, embeds, binary and other shared types than
XML elements and texts are refused here.
"""

from __future__ import annotations

import json
import struct as _struct
from dataclasses import dataclass, field
from typing import Any

MAX_NESTING = 8
MAX_VALUE = 4096
MAX_CLOCK = 1 << 40
MAX_RUN = 1 << 24
#: Yjs client ids are random 32-bit numbers; other libraries use up to 53 bits.
MAX_CLIENT = 1 << 53

Id = tuple[int, int]


class Malformed(ValueError):
    """These bytes are not an update that an editor of ours could have sent."""


@dataclass(slots=True)
class Item:
    """One struct. `size`: clock values it takes. `kind`: "gc", "deleted", "text", "format", "element", "value".

    Where it stands: `parent` (root name or id) when it is written, otherwise that of the neighbour `left`, else
    `right`. `key`: the attribute it sets (only when the parent is written). `name`: of an element ("#text" for an
    XmlText), or of a formatting attribute. `value`: the words of a text, the list of an attribute's values, or a
    mark's JSON value.
    """

    id: Id
    size: int
    kind: str
    left: Id | None = None
    right: Id | None = None
    parent: str | Id | None = None
    key: str | None = None
    name: str = ""
    value: Any = None


@dataclass(slots=True)
class Report:
    """What an update contains."""

    items: list[Item] = field(default_factory=list)
    #: (client, first clock, end clock) of each client's run.
    blocks: list[tuple[int, int, int]] = field(default_factory=list)
    #: (client, clock, length)
    deletes: list[tuple[int, int, int]] = field(default_factory=list)


class Reader:
    """Bounded decoding of lib0's primitives."""

    __slots__ = ("at", "data", "size")

    def __init__(self, data: bytes):
        self.data, self.at, self.size = data, 0, len(data)

    def byte(self) -> int:
        at = self.at
        if at >= self.size:
            raise Malformed("short")
        self.at = at + 1
        return self.data[at]

    def uint(self) -> int:
        data, at, size = self.data, self.at, self.size
        shift = value = 0
        while True:
            if at >= size:
                raise Malformed("short")
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                self.at = at
                return value
            shift += 7
            if shift > 49:
                raise Malformed("integer")

    def take(self, size: int) -> bytes:
        at = self.at
        if size > self.size - at:
            raise Malformed("short")
        self.at = at + size
        return self.data[at : at + size]

    def buffer(self) -> bytes:
        """A length and that many bytes."""
        return self.take(self.uint())

    def string(self) -> str:
        try:
            return self.buffer().decode()
        except UnicodeDecodeError:
            raise Malformed("utf-8") from None

    def count(self) -> int:
        """A number of elements, each of which needs at least one byte."""
        number = self.uint()
        if number > self.size - self.at:
            raise Malformed("count")
        return number

    def id(self) -> Id:
        client = self.uint()
        if client >= MAX_CLIENT:
            raise Malformed("client")
        return client, self.uint()

    def any(self, depth: int = 0) -> Any:
        """A lib0 "any" value, at most `MAX_NESTING` deep."""
        if depth > MAX_NESTING:
            raise Malformed("nesting")
        tag = self.byte()
        if tag in _CONSTANTS:
            return _CONSTANTS[tag]
        if tag in _NUMBERS:
            size, form = _NUMBERS[tag]
            return _struct.unpack(form, self.take(size))[0]
        if tag == 119:
            return self.string()
        if tag == 125:
            return self._int()
        if tag == 118:
            return {self.string(): self.any(depth + 1) for _ in range(self.count())}
        if tag == 117:
            return [self.any(depth + 1) for _ in range(self.count())]
        raise Malformed("any")

    def _int(self) -> int:
        byte = self.byte()
        sign, value, shift = (-1 if byte & 64 else 1), byte & 63, 6
        while byte & 128:
            byte = self.byte()
            value |= (byte & 127) << shift
            shift += 7
            if shift > 62:
                raise Malformed("integer")
        return sign * value


_CONSTANTS = {127: None, 126: None, 121: False, 120: True}
_NUMBERS = {124: (4, ">f"), 123: (8, ">d"), 122: (8, ">q")}


def inspect(update: bytes) -> Report:
    """Everything an update contains; raises `Malformed`."""
    reader = Reader(update)
    report = Report()
    try:
        for _ in range(reader.count()):
            _read_block(reader, report)
        for _ in range(reader.count()):
            _read_deletes(reader, report)
    except RecursionError:
        raise Malformed("nesting") from None
    if reader.at != reader.size:
        raise Malformed("trailing bytes")
    return report


def _read_deletes(reader: Reader, report: Report) -> None:
    client = reader.uint()
    for _ in range(reader.count()):
        clock, size = reader.uint(), reader.uint()
        if not 0 < size < MAX_RUN:
            raise Malformed("delete")
        report.deletes.append((client, clock, size))


def _read_block(reader: Reader, report: Report) -> None:
    structs = reader.count()
    if not structs:
        raise Malformed("empty block")
    client, clock = reader.id()
    first = clock
    for _ in range(structs):
        item = _read_item(reader, (client, clock))
        report.items.append(item)
        clock += item.size
        if clock > MAX_CLOCK:
            raise Malformed("clock")
    report.blocks.append((client, first, clock))


def _read_item(reader: Reader, at: Id) -> Item:
    info = reader.byte()
    kind = info & 31
    if kind == 0:
        return Item(at, _run(reader), "gc")
    content = _CONTENT.get(kind)
    if content is None:
        raise Malformed(f"content {kind}")
    item = Item(at, 1, "")
    if info & 128:
        item.left = reader.id()
    if info & 64:
        item.right = reader.id()
    if not info & 192:
        item.parent = reader.string() if reader.uint() == 1 else reader.id()
        if info & 32:
            item.key = reader.string()
    content(reader, item)
    return item


def _run(reader: Reader) -> int:
    size = reader.uint()
    if not 0 < size < MAX_RUN:
        raise Malformed("run")
    return size


def _deleted(reader: Reader, item: Item) -> None:
    item.kind, item.size = "deleted", _run(reader)


def _text(reader: Reader, item: Item) -> None:
    value = reader.string()
    # Yjs counts UTF-16 code units.
    item.size = len(value) if value.isascii() else len(value.encode("utf-16-le")) // 2
    if not value or "\x00" in value:
        raise Malformed("string")
    item.kind, item.value = "text", value


def _format(reader: Reader, item: Item) -> None:
    item.kind, item.name = "format", reader.string()
    value = reader.string()
    if len(value) > MAX_VALUE or _json_depth(value) > MAX_NESTING:
        raise Malformed("format")
    try:
        item.value = json.loads(value)
    except ValueError:
        raise Malformed("format") from None


def _type(reader: Reader, item: Item) -> None:
    kind = reader.uint()
    if kind == 3:
        item.name = reader.string()
    elif kind == 6:
        item.name = "#text"
    else:
        raise Malformed(f"type {kind}")
    item.kind = "element"


def _any(reader: Reader, item: Item) -> None:
    item.kind, item.size = "value", reader.count()
    if not item.size:
        raise Malformed("empty value")
    # Several values of one attribute travel together once all but the last are deleted.
    item.value = [reader.any() for _ in range(item.size)]


_CONTENT = {1: _deleted, 4: _text, 6: _format, 7: _type, 8: _any}


def _json_depth(text: str) -> int:
    """How deep brackets nest: checked before a parser recurses into them."""
    depth = deepest = 0
    quoted = escaped = False
    for char in text:
        if quoted:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                quoted = False
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest
