"""Who wrote what: every character belongs to the client id that brought it, and that to a person and a party."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from .inspection import Id, Item, Reader, inspect
from .models import Client, Document


@dataclass(frozen=True, slots=True)
class Contribution:
    """`characters` of a block, as they stand in the text, by one person for one party (either may be None)."""

    user: Any
    party: Any
    characters: int


def contributions(document: Document, state: bytes, since: bytes = b"") -> dict[str, list[Contribution]]:
    """Block id -> who wrote the text in it, most first.

    `state`: an encoded Yjs state of `document`, for example of a version. `since`: an earlier state of it; then only
    what came after that counts. One query.
    """
    vector = _clocks(since) if since else {}
    counts = characters(state, vector)
    clients = {client for block in counts.values() for client in block}
    rows = Client.objects.filter(document=document, client__in=clients).select_related("user", "party")
    owners = {row.client: (row.user, row.party) for row in rows}
    result = {}
    for bid, block in counts.items():
        people: dict[tuple[Any, Any], int] = defaultdict(int)
        for client, number in block.items():
            people[owners.get(client, (None, None))] += number
        ranked = sorted(people.items(), key=lambda entry: -entry[1])
        result[bid] = [Contribution(user, party, number) for (user, party), number in ranked]
    return result


def _clocks(state: bytes) -> dict[int, int]:
    return {client: end for client, _first, end in inspect(state).blocks}


def vector(data: bytes) -> dict[int, int]:
    """An encoded state vector as client id -> clock."""
    reader = Reader(data)
    return dict(reader.id() for _ in range(reader.count()))


def characters(state: bytes, since: dict[int, int] | None = None) -> dict[str, dict[int, int]]:
    """Block id -> client id -> number of characters (UTF-16 units) in the text."""
    return Chains(inspect(state).items).count(since or {})


class Chains:
    """Finds the block of every text item: its element is written in it, or is that of its neighbour."""

    def __init__(self, items: list[Item]):
        self.items: dict[Id, Item] = {item.id: item for item in items}
        self.starts: dict[int, list[int]] = defaultdict(list)
        for client, clock in sorted(self.items):
            self.starts[client].append(clock)
        self.owners: dict[Id, Id | str | None] = {}
        self.keys: dict[Id, str | None] = {}

    def bid_of(self, item: Item) -> str:
        """The `bid` of the top-level block in which the item stands; "" when it has none."""
        block = self._block(item)
        for other in self.items.values():
            if other.kind == "value" and self._key(other) == "bid" and self._owner(other) == block:
                return str(other.value[-1])
        return ""

    def count(self, since: dict[int, int]) -> dict[str, dict[int, int]]:
        bids: dict[Id, str] = {}
        texts: dict[Id, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for item in self.items.values():
            if item.kind == "value" and self._key(item) == "bid":
                owner = self._owner(item)
                if isinstance(owner, tuple):
                    bids[owner] = str(item.value[-1])
            elif item.kind == "text":
                client, clock = item.id
                new = min(item.size, clock + item.size - since.get(client, 0))
                block = self._block(item)
                if block is not None and new > 0:
                    texts[block][client] += new
        return {bids[block]: dict(counts) for block, counts in texts.items() if block in bids}

    def _item(self, at: Id | None) -> Item | None:
        if at is None:
            return None
        starts = self.starts.get(at[0], [])
        index = bisect_right(starts, at[1]) - 1
        return self.items.get((at[0], starts[index])) if index >= 0 else None

    def _owner(self, item: Item) -> Id | str | None:
        """The element in which the item stands; a string is the root."""
        seen: list[Id] = []
        current: Item | None = item
        owner: Id | str | None = None
        key: str | None = None
        while current is not None:
            if current.id in self.owners:
                owner, key = self.owners[current.id], self.keys[current.id]
                break
            seen.append(current.id)
            if current.parent is not None:
                owner, key = current.parent, current.key
                break
            current = self._item(current.left or current.right)
            if len(seen) > len(self.items):
                break
        for at in seen:
            self.owners[at], self.keys[at] = owner, key
        return owner

    def _key(self, item: Item) -> str | None:
        self._owner(item)
        return self.keys[item.id]

    def _block(self, item: Item) -> Id | None:
        """The top-level element around the item."""
        here: Item | None = item
        for _ in range(64):
            owner = self._owner(here) if here is not None else None
            if owner is None:
                return None
            if isinstance(owner, str):
                assert here is not None
                return here.id
            here = self._item(owner)
        return None
