"""One WebSocket: what it may do, what waits to be sent, what is acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from wagtail_cse.access.tickets import Ticket

from . import wire
from .rate import Bucket

if TYPE_CHECKING:
    from .committing import Pending
    from .live import Live

RATE, BURST = 100.0, 200.0
#: A reader that takes this much less than he is sent is closed; he asks again for what he lacks.
MAX_BACKLOG = 8 << 20

Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Card:
    """What others see of a person: set by the server, never by the client."""

    name: str
    party: str = ""
    initials: str = ""
    colour: int = 12
    shape: str = "round"

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(eq=False, slots=True)
class Waiting:
    """An update on its way into the log, and how many of this connection's updates are safe with it."""

    pending: Pending
    count: int


class Connection:
    def __init__(self, ticket: Ticket, card: Card, send: Send, *, wants_ack: bool):
        self.ticket = ticket
        self.card = card
        self.verbs = ticket.verbs
        self.wants_ack = wants_ack
        self.live: Live | None = None
        self.received = self.acked = 0
        self.waiting: deque[Waiting] = deque()
        #: Awareness: client id -> clock.
        self.present: dict[int, int] = {}
        self.closing: tuple[int, str] | None = None
        self._send = send
        self._out: list[bytes] = []
        self._size = 0
        self._wake = asyncio.Event()
        self._bucket = Bucket(RATE, BURST, BURST, time.monotonic())

    @property
    def owner(self) -> tuple[Any, int | None]:
        return self.ticket.user_id, self.ticket.party_id

    def push(self, frame: bytes) -> None:
        """Queue a frame. Does not block: who reads too slowly is closed."""
        if self.closing or not frame:
            return
        self._out.append(frame)
        self._size += len(frame)
        if self._size > MAX_BACKLOG:
            self._out.clear()
            self.close(wire.CLOSE_LATER, "slow")
        self._wake.set()

    def close(self, code: int, reason: str) -> None:
        """Close after what is queued was sent. The first reason counts."""
        if self.closing is None:
            self.closing = (code, reason)
            self._wake.set()

    async def sender(self) -> None:
        """Send what is queued until the connection is closed."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            out, self._out, self._size = self._out, [], 0
            if self.closing is not None and self.closing[0] != wire.CLOSE_REFUSED:
                # Who lost the right sees nothing more.
                out = []
            for frame in out:
                await self._send({"type": "websocket.send", "bytes": frame})
            if self.closing is not None:
                code, reason = self.closing
                await self._send({"type": "websocket.close", "code": code, "reason": reason})
                return

    def allow(self) -> bool:
        """One message more: 100 a second, bursts of 200."""
        return not self._bucket.take(time.monotonic())

    def settle(self, pending: Pending) -> None:
        """`pending` is committed: so is everything this connection sent up to it."""
        while self.waiting:
            waiting = self.waiting.popleft()
            self.acked = waiting.count
            if waiting.pending is pending:
                return

    def nothing_new(self) -> bool:
        """The update just received changes nothing: it is as safe as the one before it. True: acknowledge now."""
        if self.waiting:
            self.waiting[-1].count = self.received
            return False
        self.acked = self.received
        return True
