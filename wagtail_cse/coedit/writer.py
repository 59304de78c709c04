"""One thread per process that commits; while it does, the next batch gathers."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from django.db import InterfaceError, OperationalError, connection

from .committing import Outcome, Pending, commit

logger = logging.getLogger("wagtail_cse.coedit")


class Job(Protocol):
    """What may be put: `pending` is committed; without it, it is only handed back behind what stood before it."""

    pending: Pending | None


Done = Callable[[list[Any], Outcome, Exception | None], None]

#: Waiting a little under load makes fewer, larger transactions.
WINDOW = 0.015
BUSY = 8


class Writer(threading.Thread):
    """`put` from anywhere; `done(batch, outcome, error)` is called in this thread after each commit."""

    def __init__(self, done: Done):
        super().__init__(daemon=True, name="cse-coedit-log")
        self.done = done
        self._waiting: list[Job] = []
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._stopping = False

    def put(self, item: Job) -> None:
        with self._lock:
            self._waiting.append(item)
        self._wake.set()

    def stop(self) -> None:
        """Commit what waits and end."""
        self._stopping = True
        self._wake.set()

    def run(self) -> None:
        last, busy = 0.0, False
        while True:
            self._wake.wait()
            if busy and (pause := last + WINDOW - time.monotonic()) > 0:
                time.sleep(pause)
            with self._lock:
                batch, self._waiting = self._waiting, []
                self._wake.clear()
            if batch:
                last, busy = time.monotonic(), len(batch) >= BUSY
                self._write(batch)
            elif self._stopping:
                connection.close()
                return

    def _write(self, batch: list[Job]) -> None:
        pending = [job.pending for job in batch if job.pending is not None]
        outcome, error = Outcome(), None
        if pending:
            try:
                outcome = commit_again(pending)
            except Exception as caught:
                logger.exception("%s updates could not be committed", len(pending))
                error = caught
                for item in pending:
                    item.room.broken = True
                connection.close()
        self.done(batch, outcome, error)


def commit_again(pending: list[Pending], attempts: int = 3) -> Outcome:
    """Commit, and try again when the connection was lost or a deadlock was broken at our cost.

    A commit whose answer was lost may be written twice: the second row changes nothing in any reader.
    """
    for attempt in range(attempts):
        try:
            return commit(pending)
        except (OperationalError, InterfaceError):
            connection.close()
            if attempt + 1 == attempts:
                raise
            time.sleep(0.05 * (attempt + 1))
    raise AssertionError("unreachable")
