"""The same frames over HTTP: one request carries some, its answer brings what happened since.

Works under WSGI and in several processes: every request first takes in what the log has got meanwhile. What it sends
is committed when it is answered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from wagtail_cse.access.tickets import Ticket

from . import bus, presence, state, wire
from .committing import Pending
from .connection import Card
from .exceptions import Rejected
from .models import Update
from .room import Room
from .writer import commit_again

#: Several frames may come in one request; each is bounded by itself.
MAX_BODY = 2 << 20
#: Rooms that a process keeps; the least recently used goes.
ROOMS = 50
#: Behind by more rows than this, a client gets the state instead of the rows.
MAX_ROWS = 300


@dataclass
class Slot:
    lock: threading.Lock = field(default_factory=threading.Lock)
    room: Room | None = None


_slots: OrderedDict[int, Slot] = OrderedDict()
_slots_lock = threading.Lock()


def _slot(document_id: int) -> Slot:
    with _slots_lock:
        slot = _slots.setdefault(document_id, Slot())
        _slots.move_to_end(document_id)
        while len(_slots) > ROOMS:
            _slots.popitem(last=False)
    return slot


@dataclass(frozen=True, slots=True)
class Answer:
    body: bytes
    #: The sequence number up to which the client now has everything.
    seq: int


def exchange(document_id: int, ticket: Ticket, card: Card, body: bytes, since: int) -> Answer:
    """Take the frames of one request and give what the client lacks since row `since` (-1: it asks by STEP_1).

    Raises `Rejected`: nothing of the request is stored; "right" when the right was gone at the commit.
    """
    messages = list(wire.read(body, MAX_BODY))
    slot = _slot(document_id)
    with slot.lock:
        room = _ready(slot, document_id)
        try:
            pending = [
                staged
                for message in messages
                if message.kind == wire.SYNC and message.step != wire.STEP_1
                if (staged := _stage(room, ticket, message.data)) is not None
            ]
            if pending:
                _commit(pending)
        except BaseException:
            # Memory may hold what was not stored: the next request reads the log again.
            slot.room = None
            raise
        out = [
            wire.sync(wire.STEP_2, room.missing(message.data)) + wire.sync(wire.STEP_1, room.state_vector())
            for message in messages
            if message.kind == wire.SYNC and message.step == wire.STEP_1
        ]
        news, seq = _since(room, since)
    for message in messages:
        if message.kind == wire.AWARENESS:
            presence.hear(document_id, ticket, card, message.data, room.owners)
    seen = presence.others(document_id, wire_clients(messages))
    return Answer(b"".join(out) + news + (wire.awareness(seen) if seen else b""), seq)


def wire_clients(messages: list[wire.Message]) -> set[int]:
    """The awareness ids that speak in these messages."""
    found: set[int] = set()
    for message in messages:
        if message.kind == wire.AWARENESS:
            found.update(s.client for s in wire.read_awareness(message.data, 1000, presence.MAX_STATE))
    return found


def _ready(slot: Slot, document_id: int) -> Room:
    if slot.room is None or slot.room.broken:
        slot.room = Room.load(document_id)
    else:
        slot.room.catch_up()
    return slot.room


def _stage(room: Room, ticket: Ticket, data: bytes) -> Pending | None:
    if "change" not in ticket.verbs:
        room.refuse_news(data)
        return None
    staged = room.stage(data, (ticket.user_id, ticket.party_id))
    return Pending(room, ticket, staged, "http") if staged is not None else None


def _commit(pending: list[Pending]) -> None:
    outcome = commit_again(pending)
    if outcome.denied or outcome.dropped:
        raise Rejected("right")
    room = pending[0].room
    last = 0
    for item in pending:
        assert item.seq is not None
        if item.seq == room.seq + 1:
            room.seq = item.seq
        last = item.seq
    bus.tell([room.document_id])
    if any(item.seq and item.seq % state.SNAPSHOT_EVERY == 0 for item in pending) and last:
        state.take_snapshot(room.document_id)


def _since(room: Room, since: int) -> tuple[bytes, int]:
    if since < 0 or since == room.seq:
        return b"", room.seq
    rows = Update.objects.filter(document_id=room.document_id, seq__gt=since, seq__lte=room.seq).order_by("seq")
    found = list(rows.values_list("data", flat=True)[: MAX_ROWS + 1])
    if len(found) > MAX_ROWS or since > room.seq:
        return wire.sync(wire.STEP_2, room.doc.get_update()), room.seq
    return b"".join(wire.sync(wire.UPDATE, bytes(data)) for data in found), room.seq
