"""A real ASGI server in its own process, on its own copy of a migrated database."""

import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from sandbox import letters
from tests.commands import ROOT, django

_numbers = itertools.count(1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Databases:
    """Makes databases that are copies of one migrated database (SQLite: a file; PostgreSQL: a template)."""

    def __init__(self, folder, url=""):
        self.folder = Path(folder)
        self.url = url
        self.prefix = f"cse_e2e_{os.getpid()}"
        self.made = []
        self._migrate()

    def environment(self, folder, name):
        """Variables of a process on the database `name`, with files in `folder`."""
        values = {"CSE_TEST_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings", "CSE_TEST_SERVER": "1"}
        if self.url:
            values["DATABASE_URL"] = urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))
        return values

    def copy(self, folder):
        """A new database; returns the NAME that Django's settings give it."""
        if not self.url:
            target = Path(folder) / "db.sqlite3"
            shutil.copy(self.folder / "db.sqlite3", target)
            return str(target)
        name = f"{self.prefix}_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self.prefix}")
        self.made.append(name)
        return name

    def drop(self, name):
        if self.url:
            self._run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def close(self):
        for name in [*self.made, self.prefix]:
            self.drop(name)

    def _migrate(self):
        if self.url:
            self._run(f"DROP DATABASE IF EXISTS {self.prefix} WITH (FORCE)")
            self._run(f"CREATE DATABASE {self.prefix}")
        django("migrate", "--no-input", "--verbosity=0", **self.environment(self.folder, self.prefix))
        if not self.url:
            import sqlite3

            # All pages into the one file that is copied.
            with sqlite3.connect(self.folder / "db.sqlite3") as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()

    def _run(self, statement):
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


class Site:
    """The server of one test module.

    `url` is its address (stable over restarts), `folder` holds its media, mails and log. Tests use the ORM
    directly: the test process is on the same database.
    """

    def __init__(self, databases, application="tests.asgi:application"):
        self.databases = databases
        self.application = application
        self.folder = Path(tempfile.mkdtemp(prefix="cse-site-"))
        self.database = databases.copy(self.folder)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    # -- the process

    def start(self, timeout=60):
        """Start the server and wait until it answers; seconds."""
        environment = os.environ | self.databases.environment(self.folder, self.database)
        environment["CSE_BASE_URL"] = self.url
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *[sys.executable, "-m", "uvicorn", self.application, "--host=127.0.0.1", f"--port={self.port}"],
                    *["--ws=websockets-sansio", "--log-level=warning", "--timeout-graceful-shutdown=2"],
                ],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"{self.url}/static/cse-is-there", timeout=5)
            except urllib.error.HTTPError:
                return self
            except OSError:
                time.sleep(0.2)
        raise RuntimeError(f"The server did not start:\n{self.log()}")

    def stop(self):
        """End the server as a service manager would."""
        self._end(signal.SIGTERM)

    def kill(self):
        """End the server at once, as a power cut would: it gets no chance to write anything."""
        self._end(signal.SIGKILL)

    def restart(self):
        self.stop()
        return self.start()

    def close(self):
        self.stop()
        self.databases.drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self, number):
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process = None

    # -- what it left

    @property
    def log_path(self):
        return self.folder / "server.log"

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    @property
    def mail_folder(self):
        return self.folder / "mail"

    def mails(self, to=None):
        """Messages sent so far, oldest first (`email.message.EmailMessage`); `to`: one receiver's only."""
        return letters.read(self.mail_folder, to)

    def wait_for_mails(self, to, count=1, timeout=15):
        """The receiver's messages once there are at least `count`; seconds."""
        deadline = time.monotonic() + timeout
        while len(found := self.mails(to)) < count:
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(found)} mails to {to} instead of {count}")
            time.sleep(0.1)
        return found

    def clear_mails(self):
        shutil.rmtree(self.mail_folder, ignore_errors=True)

    def cookie(self, user):
        """A session cookie of `user` for `BrowserContext.add_cookies`, made without the sign-in page."""
        from importlib import import_module

        from django.conf import settings
        from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        return {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": self.url}
