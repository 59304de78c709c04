"""The messages of y-protocols, and two of our own, as bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .exceptions import Rejected
from .inspection import Malformed, Reader

SYNC, AWARENESS, QUERY_AWARENESS = 0, 1, 3
#: Ours, only to clients that connect with `?ack=1`.
ACK, RIGHTS = 100, 101
STEP_1, STEP_2, UPDATE = 0, 1, 2

MAX_FRAME = (1 << 20) + 64
#: Several messages may share a frame; this many at most.
MAX_MESSAGES = 1000

CLOSE_REFUSED, CLOSE_SIGN_IN, CLOSE_NO_RIGHT, CLOSE_SCHEMA, CLOSE_LATER = 4400, 4401, 4403, 4409, 1013


@dataclass(frozen=True, slots=True)
class Message:
    kind: int
    #: Of a sync message: STEP_1, STEP_2 or UPDATE.
    step: int = 0
    data: bytes = b""


def uint(number: int) -> bytes:
    """lib0's variable length unsigned integer."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def buffer(data: bytes) -> bytes:
    return uint(len(data)) + data


def sync(step: int, data: bytes) -> bytes:
    """A sync message: a state vector (STEP_1), or an update that answers one (STEP_2) or comes by itself (UPDATE)."""
    return bytes((SYNC, step)) + buffer(data)


def ack(count: int) -> bytes:
    """ "The first `count` updates of this connection are committed." """
    return uint(ACK) + uint(count)


def rights(verbs: Iterable[str]) -> bytes:
    """The verbs that the connection holds from now on, separated by spaces."""
    return uint(RIGHTS) + buffer(" ".join(sorted(verbs)).encode())


@dataclass(frozen=True, slots=True)
class Presence:
    client: int
    clock: int
    #: JSON; b"null" when the client has left.
    state: bytes

    def encode(self) -> bytes:
        return uint(self.client) + uint(self.clock) + buffer(self.state)


def awareness(states: Iterable[Presence]) -> bytes:
    """An awareness message with these states."""
    states = list(states)
    return uint(AWARENESS) + buffer(uint(len(states)) + b"".join(state.encode() for state in states))


def read(frame: bytes, limit: int = MAX_FRAME) -> Iterator[Message]:
    """The messages of a frame of at most `limit` bytes; raises `Rejected` ("size", "malformed" or "message")."""
    if len(frame) > limit:
        raise Rejected("size")
    reader = Reader(frame)
    try:
        for _ in range(MAX_MESSAGES):
            if reader.at == reader.size:
                return
            yield _message(reader)
    except Malformed as error:
        raise Rejected("malformed") from error
    if reader.at != reader.size:
        raise Rejected("size")


def _message(reader: Reader) -> Message:
    kind = reader.uint()
    if kind == SYNC:
        step = reader.uint()
        if step not in (STEP_1, STEP_2, UPDATE):
            raise Rejected("message")
        return Message(kind, step, reader.buffer())
    if kind == AWARENESS:
        return Message(kind, data=reader.buffer())
    if kind == QUERY_AWARENESS:
        return Message(kind)
    raise Rejected("message")


def read_awareness(data: bytes, limit: int, max_state: int) -> list[Presence]:
    """The states of an awareness message; raises `Rejected` beyond `limit` states of `max_state` bytes."""
    reader = Reader(data)
    try:
        states = [Presence(*reader.id(), reader.buffer()) for _ in range(reader.count())]
    except Malformed as error:
        raise Rejected("malformed") from error
    if reader.at != reader.size or any(state.clock >= 1 << 49 for state in states):
        raise Rejected("malformed")
    if len(states) > limit or any(len(state.state) > max_state for state in states):
        raise Rejected("awareness")
    return states
