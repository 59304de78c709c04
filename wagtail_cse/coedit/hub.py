"""All live documents of one process. Everything here runs in the event loop, except where it says otherwise."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeVar

from django.conf import settings
from django.db import DatabaseError
from django.db import connection as database

from wagtail_cse.access import tickets
from wagtail_cse.access.tickets import Ticket

from . import bus, presence, state, wire
from .committing import Outcome, Pending
from .connection import Connection, Waiting
from .exceptions import Behind, Rejected
from .live import Live
from .models import Document
from .room import Room, read_rows
from .writer import Writer

logger = logging.getLogger("wagtail_cse.coedit")

T = TypeVar("T")

#: Seconds between two looks at the heads and the rights of everybody who is connected.
POLL = 1.0
CONNECTIONS_PER_USER = 30


class Hub:
    def __init__(self) -> None:
        self.lives: dict[int, Live] = {}
        self.counts: Counter[str] = Counter()
        self._people: Counter[Any] = Counter()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._writer: Writer | None = None
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="cse-coedit")

    # -- life -------------------------------------------------------------------

    def start(self) -> None:
        """Begin with the first connection: threads do not survive a fork of the server."""
        if self._writer is not None:
            return
        self.loop = asyncio.get_running_loop()
        self._nudge = asyncio.Event()
        self._dirty: set[int] = set()
        self._due = 0.0
        self._writer = Writer(self._done)
        self._writer.start()
        self._spawn(self._poll())
        bus.subscribe(self._wake)

    async def stop(self) -> None:
        """Commit what waits and close everybody: they come back to another process."""
        if self._writer is None:
            return
        bus.unsubscribe(self._wake)
        self._writer.stop()
        await self.run(self._writer.join)
        for live in self.lives.values():
            for connection in live.connections:
                connection.close(wire.CLOSE_LATER, "restart")
        for task in self._tasks:
            task.cancel()

    async def run(self, function: Callable[..., T], *arguments: Any) -> T:
        """Call something that reads the database, in a thread of ours."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _with_database, function, arguments)

    def _spawn(self, coroutine: Any) -> None:
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _wake(self, documents: Iterable[int] | None) -> None:
        """From any thread: there are rows in these documents; None: somebody's rights have changed."""

        def wake() -> None:
            if documents is None:
                self._due = 0.0
            else:
                self._dirty.update(documents)
            self._nudge.set()

        self.loop.call_soon_threadsafe(wake)

    # -- connections --------------------------------------------------------------

    async def join(self, connection: Connection, document_id: int) -> None:
        """Let a connection in. Nothing is answered before the document is loaded completely."""
        self._people[connection.ticket.user_id] += 1
        live = self.lives.get(document_id)
        if live is None:
            live = self.lives[document_id] = Live(document_id, self.loop)
        connection.live = live
        live.connections.add(connection)
        room = await self._ready(live)
        if connection.wants_ack:
            connection.push(wire.rights(connection.verbs))
        self._answer(live, connection, wire.sync(wire.STEP_1, room.state_vector()))
        if live.states:
            connection.push(wire.awareness(live.states.values()))

    def too_many(self, user_id: Any) -> bool:
        """Has this person too many connections in this process already?"""
        return user_id is not None and self._people[user_id] >= CONNECTIONS_PER_USER

    def leave(self, connection: Connection) -> None:
        live = connection.live
        self._people[connection.ticket.user_id] -= 1
        if live is None:
            return
        live.leave(connection)
        self._forget(live)

    async def _ready(self, live: Live) -> Room:
        async with live.lock:
            if live.room is None or live.room.broken:
                live.own.clear()
                live.room = await self.run(Room.load, live.document_id)
            return live.room

    # -- messages -----------------------------------------------------------------

    async def receive(self, connection: Connection, frame: bytes) -> None:
        """Take one frame of a connection; raises `Rejected` with the name of the broken rule."""
        for message in wire.read(frame):
            if not connection.allow():
                raise Rejected("rate")
            await self._message(connection, message)

    async def _message(self, connection: Connection, message: wire.Message) -> None:
        live = connection.live
        assert live is not None
        room = live.room
        if room is None or room.broken:
            room = await self._ready(live)
        if message.kind == wire.AWARENESS:
            live.hear(connection, message.data)
        elif message.kind == wire.QUERY_AWARENESS:
            if live.states:
                connection.push(wire.awareness(live.states.values()))
        elif message.step == wire.STEP_1:
            self._answer(live, connection, wire.sync(wire.STEP_2, room.missing(message.data)))
        else:
            await self._update(live, connection, message.data)

    def _answer(self, live: Live, connection: Connection, frame: bytes) -> None:
        """Memory may hold what is not committed yet: the answer waits behind it."""
        if live.queued:
            self._put(Job(live, connection, answer=frame, room=live.room))
        else:
            connection.push(frame)

    async def _update(self, live: Live, connection: Connection, data: bytes) -> None:
        connection.received += 1
        room = live.room
        assert room is not None
        if "change" not in connection.verbs:
            room.refuse_news(data)
            return
        try:
            staged = room.stage(data, connection.owner)
        except Behind:
            # What it builds on may just have been committed by another process.
            await self._pull(live)
            room = await self._ready(live)
            staged = room.stage(data, connection.owner)
        if staged is None:
            if connection.nothing_new() and connection.wants_ack:
                connection.push(wire.ack(connection.acked))
            return
        pending = Pending(room, connection.ticket, staged, "ws")
        connection.waiting.append(Waiting(pending, connection.received))
        self._put(Job(live, connection, pending=pending, room=room))

    def _put(self, job: Job) -> None:
        assert self._writer is not None
        job.live.queued += 1
        self._writer.put(job)

    # -- after a commit -------------------------------------------------------------

    def _done(self, batch: list[Job], outcome: Outcome, error: Exception | None) -> None:
        """In the writer's thread."""
        self.loop.call_soon_threadsafe(self._committed, batch, outcome, error)

    def _committed(self, batch: list[Job], outcome: Outcome, error: Exception | None) -> None:
        # What the transaction gave, not what was hoped for inside it: a row has its number before the commit.
        committed = {id(pending) for pending in outcome.committed}
        denied = {id(pending) for pending in outcome.denied}
        self.counts["batches"] += 1
        self.counts["committed"] += len(outcome.committed)
        for job in batch:
            job.live.queued -= 1
            if job.pending is not None and id(job.pending) in committed:
                self._shown(job, job.pending)
            elif job.answer is not None and job.room is not None and not job.room.broken:
                job.connection.push(job.answer)
            elif id(job.pending) in denied:
                job.connection.close(wire.CLOSE_NO_RIGHT, "right")
            else:
                # It was judged, or answered, with something in memory that never became true.
                job.connection.close(wire.CLOSE_LATER, "again")
        if outcome.denied:
            self._wake(None)
        for live in {job.live for job in batch}:
            if error is not None:
                self._close_all(live)
            self._forget(live)

    def _shown(self, job: Job, pending: Pending) -> None:
        live = job.live
        assert pending.seq is not None
        if pending.room is live.room:
            live.committed(pending.seq)
        job.connection.settle(pending)
        live.acknowledge(job.connection)
        live.show(pending.staged.data, job.connection)
        if pending.seq % state.SNAPSHOT_EVERY == 0:
            self._spawn(self.run(state.take_snapshot, live.document_id))

    def _close_all(self, live: Live) -> None:
        for connection in live.connections:
            connection.close(wire.CLOSE_LATER, "again")

    def _forget(self, live: Live) -> None:
        if not live.connections and not live.queued and self.lives.get(live.document_id) is live:
            del self.lives[live.document_id]

    # -- other processes, and rights ------------------------------------------------

    async def _pull(self, live: Live) -> None:
        room = live.room
        if room is None or room.broken:
            return
        rows = await self.run(read_rows, live.document_id, room.seq)
        if live.room is room:
            live.take(rows)

    async def _poll(self) -> None:
        """Heads and rights, once a second; at once when somebody says that there is news."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._nudge.wait(), max(0.0, self._due - self.loop.time()))
            self._nudge.clear()
            dirty, self._dirty = self._dirty, set()
            try:
                if self.loop.time() >= self._due:
                    self._due = self.loop.time() + POLL
                    await self._look()
                else:
                    for key in dirty & self.lives.keys():
                        await self._pull(self.lives[key])
            except Exception:
                logger.exception("the heads and rights of the open documents could not be read")

    async def _look(self) -> None:
        lives = {key: live for key, live in self.lives.items() if live.connections}
        if not lives:
            return
        held = {connection.ticket for live in lives.values() for connection in live.connections}
        said = {key: live.spoken() for key, live in lives.items()}
        heads, verbs, signed_out = await self.run(_heads_and_rights, list(lives), held)
        for key, live in lives.items():
            for connection in list(live.connections):
                if connection.ticket in signed_out:
                    connection.close(wire.CLOSE_SIGN_IN, "sign in")
                elif connection.ticket in verbs:
                    _apply_rights(connection, verbs[connection.ticket])
            room = live.room
            if room is not None and not room.broken and heads.get(key, 0) > room.seq:
                await self._pull(live)
        for key, found in (await self.run(presence.share, said)).items():
            lives[key].hear_elsewhere(found)


@dataclass(eq=False, slots=True)
class Job:
    """What the writer is given: an update to commit, or an answer that waits behind those before it."""

    live: Live
    connection: Connection
    room: Room | None
    pending: Pending | None = None
    answer: bytes | None = None


def _apply_rights(connection: Connection, verbs: frozenset[str]) -> None:
    if "view" not in verbs or ("change" in connection.verbs and "change" not in verbs):
        # Who may still read comes back for that; an editor must not go on typing into nothing.
        connection.close(wire.CLOSE_NO_RIGHT, "right")
    elif verbs != connection.verbs:
        connection.verbs = verbs
        if connection.wants_ack:
            connection.push(wire.rights(verbs))


def _with_database(function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    """A connection that was lost is opened again by the next call."""
    try:
        return function(*arguments)
    except DatabaseError:
        database.close()
        raise


def _heads_and_rights(
    documents: list[int], held: set[Ticket]
) -> tuple[dict[int, int], dict[Ticket, frozenset[str]], set[Ticket]]:
    """Heads by document, verbs by ticket, and the tickets whose session has ended. A fixed number of queries."""
    heads = dict(Document.objects.filter(pk__in=documents).values_list("pk", "head"))
    verbs = tickets.recheck(held)
    lost = {ticket for ticket, held_now in verbs.items() if not held_now and ticket.session_key}
    store = import_module(settings.SESSION_ENGINE).SessionStore
    signed_out = {ticket for ticket in lost if not store().exists(ticket.session_key)}
    return heads, verbs, signed_out
