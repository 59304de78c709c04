"""Writes Yjs updates (format v1) by hand, also such as no editor would."""

from wagtail_cse.coedit.wire import buffer, uint


def string(text):
    return buffer(text.encode())


def at(client, clock):
    return uint(client) + uint(clock)


def under(parent, key=None):
    """(flags, bytes) of a struct that names its parent: a root name or an id."""
    head = b"\x01" + string(parent) if isinstance(parent, str) else b"\x00" + at(*parent)
    return (32, head + string(key)) if key is not None else (0, head)


def after(left, right=None):
    """(flags, bytes) of a struct that stands behind `left` (and before `right`)."""
    return (128 | 64, at(*left) + at(*right)) if right else (128, at(*left))


def struct(kind, place, content):
    flags, head = place
    return bytes([kind | flags]) + head + content


def text(place, words):
    return struct(4, place, string(words))


def element(place, name):
    return struct(7, place, b"\x03" + string(name))


def xml_text(place):
    return struct(7, place, b"\x06")


def attribute(place, value):
    """`value`: encoded lib0 any."""
    return struct(8, place, b"\x01" + value)


def any_string(value):
    return b"\x77" + string(value)


def mark(place, name, json):
    return struct(6, place, string(name) + string(json))


def block(client, clock, *structs):
    return uint(len(structs)) + at(client, clock) + b"".join(structs)


def deletes(client, *ranges):
    return uint(client) + uint(len(ranges)) + b"".join(uint(clock) + uint(size) for clock, size in ranges)


def update(*blocks, deleted=()):
    return uint(len(blocks)) + b"".join(blocks) + uint(len(deleted)) + b"".join(deleted)
