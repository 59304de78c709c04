"""Starting, stopping and killing a real server; a Yjs client on a real WebSocket."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from tests.coedit.clients import Editor
from wagtail_cse.coedit import wire

ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, **environment):
        self.environment = environment
        self.port = free_port()
        self.process = None

    def start(self):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "CSE_SERVE_DATABASE": str(connection.settings_dict["NAME"]),
            "PYTHONPATH": str(ROOT),
            **self.environment,
        }
        command = [sys.executable, "-m", "uvicorn", "tests.coedit.serve:application", "--port", str(self.port)]
        self.process = subprocess.Popen([*command, "--log-level", "warning"], env=environment, cwd=ROOT)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError("the server ended while starting")
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the server did not start")

    def kill(self):
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def url(self, document, query="?ack=1&schema=1"):
        key = getattr(document, "uuid", document)
        return f"ws://127.0.0.1:{self.port}/en/cse/coedit/{key}/socket/{query}"


def session_of(person):
    """A signed-in session as the sign-in page would make it."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session


class WsEditor(Editor):
    """An editor on a WebSocket. `sent` and `acked` count updates of this connection."""

    def __init__(self, server, document, person, *, client=None, query="?ack=1&schema=1", session=None, origin=None):
        super().__init__(client)
        self.session = session or (session_of(person) if person is not None else None)
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.session.session_key}" if self.session else ""
        self.ws = connect(
            server.url(document, query),
            additional_headers={"Cookie": cookie} if cookie else {},
            origin=origin,
            open_timeout=30,
            max_size=64 << 20,
            compression=None,
        )
        self.sent = self.acked = 0
        self.rest = []
        self.synced = False

    def sync(self):
        """Ask for what is missing and wait for it."""
        self.ws.send(self.ask())
        self.until(lambda: self.synced)
        return self

    def take(self, timeout):
        frame = self.ws.recv(timeout)
        if wire.sync(wire.STEP_2, b"")[:2] == frame[:2]:
            self.synced = True
        for kind, value in self.read(frame):
            if kind == wire.ACK:
                self.acked = value
            else:
                self.rest.append((kind, value))

    def until(self, reached, seconds=20):
        """Read until `reached()`; fails after some seconds."""
        deadline = time.monotonic() + seconds
        while not reached():
            left = deadline - time.monotonic()
            assert left > 0, f"not reached: acked {self.acked} of {self.sent}, text {self.text!r}"
            with contextlib.suppress(TimeoutError):
                self.take(min(left, 1))

    def push(self):
        """Send the outbox, without waiting."""
        for update in self.outbox:
            self.ws.send(wire.sync(wire.UPDATE, update))
            self.sent += 1
        self.outbox.clear()

    def save(self):
        """Send the outbox and wait until it is committed."""
        self.push()
        self.until(lambda: self.acked == self.sent)

    def wait_text(self, text, seconds=20):
        self.until(lambda: self.text == text, seconds)

    def closed(self, seconds=20):
        """Read until the server closes; returns the close code."""
        deadline = time.monotonic() + seconds
        try:
            while time.monotonic() < deadline:
                try:
                    self.take(1)
                except TimeoutError:
                    continue
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006
        raise AssertionError("the connection was not closed")

    def close(self):
        self.ws.close()
