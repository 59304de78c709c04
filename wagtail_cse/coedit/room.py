"""One document in memory: what is true, and the checks that stand before every change.

A room is a cache of the log and may be thrown away at any moment. It is used by one thread at a time.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any

from pycrdt import Doc

from . import schema, state, tree
from .exceptions import Behind, Rejected
from .inspection import Malformed, Report, inspect
from .models import Client, Document, Update
from .structure import Structure, references

logger = logging.getLogger("wagtail_cse.coedit")

MAX_UPDATE = 1 << 20
MAX_STATE = 16 << 20
#: A version is kept before an update that takes away more than this share of a text of some length.
MASS_DELETION = 0.3
MASS_DELETION_FROM = 200

#: Who stands behind a client id: (user, party).
Owner = tuple[Any, int | None]


@dataclass(slots=True)
class Staged:
    """A checked and applied update that waits for its commit."""

    data: bytes
    #: Client ids that appear here for the first time.
    clients: list[int]
    #: The first client id in it.
    client: int | None
    #: The whole state before it, when it takes away much.
    before: bytes | None = None
    before_seq: int = 0


@dataclass(slots=True)
class Row:
    """One committed update of somebody else."""

    seq: int
    data: bytes
    owner: Owner


def read_rows(document_id: int, since: int) -> list[Row]:
    """The rows after `since`, in order. One query."""
    rows = Update.objects.filter(document_id=document_id, seq__gt=since).order_by("seq")
    return [
        Row(seq, bytes(data), (user, party))
        for seq, data, user, party in rows.values_list("seq", "data", "user_id", "party_id")
    ]


@dataclass(eq=False)
class Room:
    document_id: int
    space_id: int
    schema: int
    seq: int = 0
    #: Memory holds something that the log does not: to be thrown away, nothing of it may be sent.
    broken: bool = False
    clocks: dict[int, int] = field(default_factory=dict)
    owners: dict[int, Owner] = field(default_factory=dict)
    doc: Doc = field(init=False)
    structure: Structure = field(init=False)
    #: Characters, elements and attributes that are not deleted.
    live: int = field(init=False, default=0)
    #: Bytes of the state, never too low.
    size: int = field(init=False, default=0)

    @classmethod
    def load(cls, document_id: int) -> Room:
        """Read a document from the log; raises `Document.DoesNotExist`. Never gives a document half loaded."""
        document = Document.objects.only("space_id", "schema").get(pk=document_id)
        room = cls(document_id, document.space_id, document.schema)
        loaded = state.read(document_id)
        room._open()
        room._learn_owners()
        if loaded.base:
            report = room._absorb(loaded.base)
            room.live = sum(room.clocks.values()) - sum(size for _client, _clock, size in report.deletes)
        for data in loaded.rows:
            room._absorb(data)
        room.size = len(loaded.base) + sum(map(len, loaded.rows))
        room.seq = loaded.seq
        return room

    def _open(self) -> None:
        self.doc = tree.load(b"")
        self.structure = Structure()
        self._events: list[bytes] = []
        self._subscription = self.doc.observe(lambda event: self._events.append(event.update))

    def _learn_owners(self) -> None:
        rows = Client.objects.filter(document_id=self.document_id)
        for client, user, party in rows.values_list("client", "user_id", "party_id"):
            self.owners[client] = (user, party)

    def catch_up(self) -> list[Row]:
        """Take in the rows that anybody committed since; returns them. One query."""
        rows = read_rows(self.document_id, self.seq)
        self.take(rows)
        return rows

    def take(self, rows: list[Row]) -> None:
        """Apply committed rows; reads nothing. Rows that are here already change nothing."""
        for row in rows:
            for client, _first, _end in self._absorb(row.data).blocks:
                self.owners.setdefault(client, row.owner)
            self.size += len(row.data)
            self.seq = max(self.seq, row.seq)

    def _absorb(self, data: bytes) -> Report:
        report = inspect(data)
        self.structure.absorb(report, self.clocks)
        self._events.clear()
        self.doc.apply_update(data)
        self._count(report, self._ends(report))
        return report

    def _ends(self, report: Report) -> dict[int, int]:
        return {client: max(end, self.clocks.get(client, 0)) for client, _first, end in report.blocks}

    def _count(self, report: Report, ends: dict[int, int]) -> int:
        """Follow the clocks and the living length after an update was applied; returns how much it took away."""
        gone = 0
        if report.deletes:
            gone = sum(size for event in self._events for _client, _clock, size in inspect(event).deletes)
        self.live += sum(end - self.clocks.get(client, 0) for client, end in ends.items()) - gone
        self.clocks.update(ends)
        self._events.clear()
        return gone

    # -- what a frame asks for -------------------------------------------------

    def state_vector(self) -> bytes:
        """The Yjs state vector of what is here."""
        return self.doc.get_state()

    def missing(self, vector: bytes) -> bytes:
        """The update with what a client with this state vector lacks. Raises `Rejected`."""
        check_vector(vector)
        return self.doc.get_update(vector)

    def stage(self, data: bytes, owner: Owner) -> Staged | None:
        """Check an update of `owner` and apply it. None: it changes nothing.

        Raises `Rejected` with nothing applied (`broken` is set in the one case where that is not sure), `Behind` when
        it may become acceptable after `catch_up`. Bound, parse, authors, gaps, references, schema, depth: in this
        order, all before the Rust library sees a byte.
        """
        if self.broken:
            raise Rejected("reload")
        report = self._parse(data)
        new = self._authors(report, owner)
        ends = self._ends(report)
        if not report.deletes and all(end == self.clocks.get(client, 0) for client, end in ends.items()):
            return None
        self._complete(report, ends)
        layer = self.structure.check(report, self.clocks)
        before = self._before(report)
        change = self._apply(data)
        self._confirm(ends)
        gone = self._count(report, ends)
        self.structure.accept(layer)
        for client in new:
            self.owners[client] = owner
        if change is None:
            return None
        self.size += len(change)
        if before is not None and gone <= MASS_DELETION * (self.live + gone):
            before = None
        return Staged(change, new, report.blocks[0][0] if report.blocks else None, before, self.seq)

    def refuse_news(self, data: bytes) -> None:
        """An update of somebody who may only read; nothing of it is ever applied.

        A plain client answers the server's question about missing text with what the server has: that is ignored.
        Anything new raises `Rejected` ("right").
        """
        report = self._parse(data)
        if any(end > self.clocks.get(client, 0) for client, _first, end in report.blocks):
            raise Rejected("right")

    def _parse(self, data: bytes) -> Report:
        if len(data) > MAX_UPDATE:
            raise Rejected("size")
        try:
            report = inspect(data)
        except Malformed as error:
            raise Rejected("malformed") from error
        if len({client for client, _first, _end in report.blocks}) != len(report.blocks):
            # The library would keep only one of the two.
            raise Rejected("malformed")
        if self.size + len(data) > MAX_STATE:
            self.size = len(self.doc.get_update())
            if self.size + len(data) > MAX_STATE:
                raise Rejected("full")
        return report

    def _authors(self, report: Report, owner: Owner) -> list[int]:
        """A client may only add structs under ids of his own: others' structs he can only know from us."""
        new = []
        for client, _first, end in report.blocks:
            if end <= self.clocks.get(client, 0):
                continue
            known = self.owners.get(client)
            if known is None:
                new.append(client)
            elif known != owner:
                raise Rejected("author")
        return new

    def _complete(self, report: Report, ends: dict[int, int]) -> None:
        clocks = self.clocks
        for client, first, _end in report.blocks:
            if first > clocks.get(client, 0):
                raise Behind("gap")
        for client, clock in references(report):
            if clock >= ends.get(client, clocks.get(client, 0)):
                raise Behind("reference")
        for client, clock, size in report.deletes:
            if clock + size > ends.get(client, clocks.get(client, 0)):
                raise Behind("reference")

    def _before(self, report: Report) -> bytes | None:
        deletes = sum(size for _client, _clock, size in report.deletes)
        if self.live >= MASS_DELETION_FROM and deletes > MASS_DELETION * self.live:
            return self.doc.get_update()
        return None

    def _apply(self, data: bytes) -> bytes | None:
        """The change as the library tells it, None when there is none; it leaves out what was here already."""
        self._events.clear()
        try:
            self.doc.apply_update(data)
        except BaseException as error:
            # A panic in the Rust library is no Exception.
            if isinstance(error, KeyboardInterrupt | SystemExit):
                raise
            self.broken = True
            logger.exception("document %s: an update passed the reader and failed", self.document_id)
            raise Rejected("unusable") from None
        if not self._events:
            return None
        change = self._events[-1] if len(self._events) == 1 else data
        return change if len(change) < len(data) else data

    def _confirm(self, ends: dict[int, int]) -> None:
        """The library says that it took everything in. What it keeps aside as incomplete is never called saved."""
        taken: dict[int, int] = {}
        for event in self._events:
            taken.update((client, end) for client, _first, end in inspect(event).blocks)
        for client, end in ends.items():
            if end > self.clocks.get(client, 0) and taken.get(client) != end:
                self.broken = True
                logger.error("document %s: an update was taken in only in part", self.document_id)
                raise Rejected("reload")


def check_vector(vector: bytes) -> None:
    """A state vector is a bounded list of pairs; raises `Rejected`."""
    from .inspection import Reader

    reader = Reader(vector)
    try:
        for _ in range(reader.count()):
            reader.id()
    except Malformed as error:
        raise Rejected("malformed") from error
    if reader.at != reader.size:
        raise Rejected("malformed")


def check_schema(stated: str | None) -> bool:
    """Does a client that states this schema version speak ours? A plain Yjs client states none."""
    return stated is None or stated == str(schema.VERSION)
