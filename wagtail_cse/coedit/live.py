"""A document with people in it: its room, their connections, their presence, and what waits to be shown to them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from pycrdt import merge_updates

from . import presence, wire
from .connection import Connection
from .room import Room, Row

MAX_PRESENT = 4
#: Frames a second of one process; a crowded document is flushed less often, never dropped.
FRAMES = 10_000


class Live:
    def __init__(self, document_id: int, loop: asyncio.AbstractEventLoop):
        self.document_id = document_id
        self.loop = loop
        self.lock = asyncio.Lock()
        self.room: Room | None = None
        self.connections: set[Connection] = set()
        #: Sequence numbers that this process committed and does not need to read.
        self.own: set[int] = set()
        #: Items of this document that the writer holds.
        self.queued = 0
        #: The highest head seen by the poll.
        self.head = 0
        self._updates: list[tuple[Connection | None, bytes]] = []
        self._acks: set[Connection] = set()
        self.states: dict[int, wire.Presence] = {}
        self.claimed: dict[int, Connection] = {}
        self._news: dict[int, wire.Presence] = {}
        self._elsewhere: dict[int, wire.Presence] = {}
        self._flushing: asyncio.Handle | None = None
        self._last = 0.0

    # -- what is committed ------------------------------------------------------

    def show(self, data: bytes, sender: Connection | None) -> None:
        """Committed: to be sent to everybody but `sender`."""
        self._updates.append((sender, data))
        self.flush_soon()

    def acknowledge(self, connection: Connection) -> None:
        self._acks.add(connection)
        self.flush_soon()

    def take(self, rows: Iterable[Row]) -> None:
        """Rows that the poll found: those of other processes go into the room and to everybody."""
        if self.room is None or self.room.broken:
            return
        for row in rows:
            if row.seq <= self.room.seq:
                continue
            if row.seq in self.own:
                self.own.discard(row.seq)
                self.room.seq = row.seq
            else:
                self.room.take([row])
                self.show(row.data, None)

    def committed(self, seq: int) -> None:
        """This process wrote row `seq`."""
        if self.room is not None and seq == self.room.seq + 1:
            self.room.seq = seq
        else:
            self.own.add(seq)

    # -- presence -----------------------------------------------------------------

    def hear(self, connection: Connection, data: bytes) -> None:
        """An awareness message. What a client says of others is not an offence, and not news."""
        for state in wire.read_awareness(data, limit=1000, max_state=presence.MAX_STATE):
            if self._may_speak(connection, state.client):
                state = wire.Presence(state.client, state.clock, presence.signed(connection.card, state.state))
                connection.present[state.client] = state.clock
                self.claimed[state.client] = connection
                self._set(state)

    def _may_speak(self, connection: Connection, client: int) -> bool:
        claimed = self.claimed.get(client)
        if claimed is connection:
            return True
        owner = self.room.owners.get(client) if self.room else None
        if owner is not None and owner != connection.owner:
            return False
        if claimed is not None and claimed.owner != connection.owner:
            return False
        return len(connection.present) < MAX_PRESENT

    def _set(self, state: wire.Presence) -> None:
        if state.state == b"null":
            self.states.pop(state.client, None)
        else:
            self.states[state.client] = state
        self._news[state.client] = state
        self.flush_soon()

    def leave(self, connection: Connection) -> None:
        """The connection is gone, and its cursor with it."""
        self.connections.discard(connection)
        self._acks.discard(connection)
        for client, clock in connection.present.items():
            if self.claimed.get(client) is connection:
                del self.claimed[client]
                self._set(wire.Presence(client, clock + 1, b"null"))
        connection.present.clear()

    def spoken(self) -> list[tuple[wire.Presence, tuple[Any, int | None]]]:
        """What our connections say of themselves, and whose they are."""
        return [(self.states[c], connection.owner) for c, connection in self.claimed.items() if c in self.states]

    def hear_elsewhere(self, found: presence.Present) -> None:
        """What is said over HTTP, or in another process."""
        for client in self._elsewhere.keys() - found.keys():
            state = self._elsewhere.pop(client)
            if client not in self.claimed:
                self._set(wire.Presence(client, state.clock + 1, b"null"))
        for client, (clock, said, _owner, _at) in found.items():
            state = wire.Presence(client, clock, said)
            if client not in self.claimed and self._elsewhere.get(client) != state:
                self._elsewhere[client] = state
                self._set(state)

    # -- sending ------------------------------------------------------------------

    def flush_soon(self) -> None:
        if self._flushing is None:
            wait = self._last + len(self.connections) / FRAMES - self.loop.time()
            if wait > 0.001:
                self._flushing = self.loop.call_later(wait, self._flush)
            else:
                self._flushing = self.loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flushing, self._last = None, self.loop.time()
        updates, self._updates = self._updates, []
        news, self._news = self._news, {}
        acks, self._acks = self._acks, set()
        frame = wire.sync(wire.UPDATE, _merged(updates)) if updates else b""
        senders = {sender for sender, _data in updates}
        only = next(iter(senders)) if len(senders) == 1 else None
        seen = wire.awareness(news.values()) if news else b""
        for connection in list(self.connections):
            mine = b"" if connection is only else frame
            if connection.wants_ack:
                ack = wire.ack(connection.acked) if connection in acks else b""
                connection.push(ack + mine + seen)
            else:
                # A plain y-websocket client reads one message per frame.
                connection.push(mine)
                connection.push(seen)


def _merged(updates: list[tuple[Connection | None, bytes]]) -> bytes:
    datas = [data for _sender, data in updates]
    return datas[0] if len(datas) == 1 else merge_updates(*datas)
