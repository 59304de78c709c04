"""Which element stands where, so that a frame can be judged before it is applied.

In Yjs a thing never moves: an element's parent is fixed by the struct that made it. So the rule "may `heading` stand
in `table_row`" can be checked once, when the struct arrives, whatever is concurrent. A struct does not always write
its parent: it then has that of its neighbour. Everything except text is kept here; a neighbour that is not known is
therefore text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from . import schema
from .exceptions import Rejected
from .inspection import Id, Item, Report


class Place(NamedTuple):
    """Inside which element (name and depth; the root is "doc" at 0), and as which attribute (None: as a child)."""

    owner: str
    depth: int
    key: str | None = None


#: Among the characters of a text.
TEXT = Place("#text", 0)
#: Inside something deleted and forgotten: it will never be seen.
DEAD = Place("#dead", 0)


@dataclass(slots=True)
class Layer:
    """What is known: elements by id, the place of everything that is not text, and of longer runs."""

    elements: dict[Id, tuple[str, int]] = field(default_factory=dict)
    places: dict[Id, Place] = field(default_factory=dict)
    #: client -> starts and (end, place), sorted by start.
    starts: dict[int, list[int]] = field(default_factory=dict)
    runs: dict[int, list[tuple[int, Place]]] = field(default_factory=dict)

    def add_run(self, at: Id, size: int, place: Place) -> None:
        client, clock = at
        starts, runs = self.starts.setdefault(client, []), self.runs.setdefault(client, [])
        index = bisect_right(starts, clock)
        starts.insert(index, clock)
        runs.insert(index, (clock + size, place))

    def find(self, at: Id) -> Place | None:
        place = self.places.get(at)
        if place is not None:
            return place
        starts = self.starts.get(at[0])
        if starts:
            index = bisect_right(starts, at[1]) - 1
            if index >= 0:
                end, place = self.runs[at[0]][index]
                if at[1] < end:
                    return place
        return None


class Structure:
    """The elements of one document."""

    def __init__(self) -> None:
        self.known = Layer()

    def check(self, report: Report, clocks: dict[int, int]) -> Layer:
        """Judge every struct of `report` that is new against `clocks`; raises `Rejected`.

        Returns what `accept` has to add once the update is applied.
        """
        layer = Layer()
        for item in in_order(report):
            client, clock = item.id
            if clock + item.size > clocks.get(client, 0):
                self._judge(item, layer)
        return layer

    def accept(self, layer: Layer) -> None:
        """Keep what `check` found."""
        self.known.elements.update(layer.elements)
        self.known.places.update(layer.places)
        for client, starts in layer.starts.items():
            for start, (end, place) in zip(starts, layer.runs[client], strict=True):
                self.known.add_run((client, start), end - start, place)

    def absorb(self, report: Report, clocks: dict[int, int]) -> None:
        """Learn from what the log holds, which was judged when it came in."""
        self.accept(self.check(report, clocks))

    def _judge(self, item: Item, layer: Layer) -> None:
        place = DEAD if item.kind == "gc" else self._place(item, layer)
        if place is DEAD:
            layer.add_run(item.id, item.size, DEAD)
        elif item.kind == "deleted":
            if place is not TEXT:
                layer.add_run(item.id, item.size, place)
        elif item.kind == "element":
            self._judge_element(item, place, layer)
        elif item.kind == "value":
            _judge_attribute(item, place)
            layer.add_run(item.id, item.size, place)
        elif place is not TEXT or (item.kind == "format" and not schema.mark_allowed(item.name, item.value)):
            raise Rejected("schema")

    def _judge_element(self, item: Item, place: Place, layer: Layer) -> None:
        if place is TEXT or place.key is not None or not schema.child_allowed(place.owner, item.name):
            raise Rejected("schema")
        if place.depth >= schema.MAX_DEPTH and item.name != "#text":
            raise Rejected("depth")
        layer.elements[item.id] = (item.name, place.depth + 1)
        layer.places[item.id] = place

    def _place(self, item: Item, layer: Layer) -> Place:
        if item.left is not None or item.right is not None:
            places = [self._find(at, layer) for at in (item.left, item.right) if at is not None]
            return DEAD if DEAD in places else places[0]
        if isinstance(item.parent, str):
            if item.parent != schema.ROOT or item.key is not None:
                raise Rejected("schema")
            return Place("doc", 0)
        parent = item.parent
        assert parent is not None
        element = layer.elements.get(parent) or self.known.elements.get(parent)
        if element is None:
            # The element was deleted and only its place is left; or it is a character.
            if self._find(parent, layer) is TEXT:
                raise Rejected("schema")
            return DEAD
        name, depth = element
        if name == "#text":
            if item.key is not None:
                raise Rejected("schema")
            return TEXT
        return Place(name, depth, item.key)

    def _find(self, at: Id, layer: Layer) -> Place:
        return layer.find(at) or self.known.find(at) or TEXT


def _judge_attribute(item: Item, place: Place) -> None:
    if place.key is None or not all(schema.attribute_allowed(place.owner, place.key, v) for v in item.value):
        raise Rejected("schema")


def in_order(report: Report) -> Iterator[Item]:
    """The structs such that each comes after those of the same report on which it builds."""
    runs: dict[int, list[Item]] = {}
    for item in report.items:
        runs.setdefault(item.id[0], []).append(item)
    ends = {client: end for client, _first, end in report.blocks}
    firsts = {client: first for client, first, _end in report.blocks}
    done = dict(firsts)
    index = dict.fromkeys(runs, 0)
    for client in runs:
        stack = [client]
        while stack:
            top = stack[-1]
            if index[top] == len(runs[top]):
                stack.pop()
                continue
            item = runs[top][index[top]]
            waits = _waits_for(item, firsts, done, ends)
            if waits is None:
                yield item
                index[top] += 1
                done[top] = item.id[1] + item.size
                if len(stack) > 1:
                    stack.pop()
            elif waits in stack:
                raise Rejected("reference")
            else:
                stack.append(waits)


def _waits_for(item: Item, firsts: dict[int, int], done: dict[int, int], ends: dict[int, int]) -> int | None:
    """The client whose structs must come first; None: nothing is missing."""
    for at in _references(item):
        client, clock = at
        if client in ends and firsts[client] <= clock < ends[client] and clock >= done[client]:
            return client
    return None


def _references(item: Item) -> Iterable[Id]:
    if item.left is not None:
        yield item.left
    if item.right is not None:
        yield item.right
    if isinstance(item.parent, tuple):
        yield item.parent


def references(report: Report) -> Iterator[Id]:
    """Every id that must exist for this update to be complete."""
    for item in report.items:
        yield from _references(item)
