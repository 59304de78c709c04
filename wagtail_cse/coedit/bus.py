"""News within the process and, on PostgreSQL, between processes. Only hints: the truth is read from the database."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Iterable

from django.db import connection

logger = logging.getLogger("wagtail_cse.coedit")

CHANNEL = "cse_coedit"
#: Tells our own notifications from those of other processes.
TOKEN = secrets.token_hex(8)
#: PostgreSQL refuses longer payloads; the poll finds what does not fit.
MAX_PAYLOAD = 7000
RETRY = 5.0

#: Called from any thread with the keys of documents that have new rows, or None: rights have changed.
Listener = Callable[[Iterable[int] | None], None]

_listeners: list[Listener] = []
_lock = threading.Lock()
_thread: threading.Thread | None = None


def subscribe(listener: Listener) -> None:
    """Hear of news from now on."""
    global _thread
    with _lock:
        _listeners.append(listener)
        if _thread is None and connection.vendor == "postgresql":
            _thread = threading.Thread(target=_listen, daemon=True, name="cse-coedit-listen")
            _thread.start()


def unsubscribe(listener: Listener) -> None:
    with _lock:
        if listener in _listeners:
            _listeners.remove(listener)


def tell(documents: Iterable[int] | None) -> None:
    """Tell this process: rows were committed to these documents; None: rights have changed."""
    for listener in list(_listeners):
        listener(documents)


def payload(documents: Iterable[int]) -> str:
    """What `NOTIFY` carries."""
    text = f"{TOKEN} {','.join(map(str, sorted(documents)))}"
    return text if len(text) <= MAX_PAYLOAD else TOKEN


def _listen() -> None:
    import psycopg

    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    pause = threading.Event()
    while True:
        try:
            with psycopg.connect(**parameters, autocommit=True) as listening:
                listening.execute(f"LISTEN {CHANNEL}")
                for notification in listening.notifies():
                    _heard(notification.payload)
        except psycopg.Error as error:
            logger.warning("notifications are off for a while, the poll goes on: %s", type(error).__name__)
        pause.wait(RETRY)


def _heard(text: str) -> None:
    token, _space, documents = text.partition(" ")
    if token != TOKEN and documents:
        tell([int(key) for key in documents.split(",")])
