"""Items with a depth, one after the other, into nested lists."""

from __future__ import annotations

from .flow import Node
from .word_styles import ListPlace


class ListBuilder:
    """Builds one top-level list; `fits` says whether an item still belongs to it."""

    def __init__(self) -> None:
        self._open: list[tuple[int, ListPlace, Node]] = []

    def fits(self, place: ListPlace) -> bool:
        """False when the item begins another list: other marks, another counter or another count."""
        if not self._open:
            return True
        depth, first, node = self._open[0]
        if place.level > depth:
            return True
        expected = node.get("attrs", {}).get("order", 1) + len(node["content"])
        return (
            place.ordered == first.ordered
            and place.counter == first.counter
            and (not place.ordered or place.number == expected)
        )

    def item(self, place: ListPlace, content: Node) -> None:
        while len(self._open) > 1 and self._open[-1][0] > place.level:
            self._open.pop()
        depth = self._open[-1][0] if self._open else -1
        same = self._open and (depth >= place.level)
        if same and len(self._open) > 1 and self._open[-1][1].counter != place.counter:
            # Another list at the same depth: a second list inside the same item.
            self._open.pop()
            same = False
        if not same:
            self._begin(place)
        self._open[-1][2]["content"].append({"type": "list_item", "content": [content]})

    def go_on(self, depth: int, content: Node) -> None:
        """A further paragraph of the last item at `depth`."""
        while len(self._open) > 1 and self._open[-1][0] > depth:
            self._open.pop()
        self._open[-1][2]["content"][-1]["content"].append(content)

    def finish(self) -> Node:
        return self._open[0][2]

    def _begin(self, place: ListPlace) -> None:
        node: Node = {"type": "bullet_list", "content": []}
        if place.ordered:
            node = {"type": "ordered_list", "attrs": {"order": place.number}, "content": []}
        if self._open:
            self._open[-1][2]["content"][-1]["content"].append(node)
        self._open.append((place.level, place, node))
