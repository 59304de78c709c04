"""`python3 sandbox/run.py` as somebody types it after cloning: nothing prepared, from another folder."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request

import pytest

from tests.commands import ROOT
from tests.e2e.server import free_port

pytestmark = pytest.mark.checks

ADDRESS = "http://127.0.0.1:{port}{path}"


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """The sources alone: no environment, no database, no built files."""
    folder = tmp_path_factory.mktemp("clone") / "wagtail-cse"
    left_out = [".git", ".venv*", "var", "node_modules", "__pycache__", ".*_cache", "*.sqlite3*"]
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*left_out))
    return folder


class Run:
    """A started demo; `output` is what it printed until it was ready, `seconds` how long that took."""

    def __init__(self, clone, *options, timeout):
        self.port = free_port()
        started = time.monotonic()
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("CSE_", "DJANGO_"))}
        self.process = subprocess.Popen(
            [sys._base_executable, clone / "sandbox" / "run.py", f"--port={self.port}", *options],
            cwd=clone.parent,
            env=environment | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.output = ""
        deadline = started + timeout
        while "Ctrl-C ends it." not in self.output and time.monotonic() < deadline:
            if not (line := self.process.stdout.readline()):
                break
            self.output += line
        self.seconds = time.monotonic() - started

    def get(self, path):
        with urllib.request.urlopen(ADDRESS.format(port=self.port, path=path), timeout=30) as answer:
            return answer.read().decode()

    def end(self):
        """Ctrl-C; returns how it ended."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(15)
        finally:
            if self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.stdout.close()


def test_the_demo_starts_from_a_bare_clone_and_again_within_ten_seconds(clone):
    first = Run(clone, timeout=480)
    try:
        assert f"The site is at http://127.0.0.1:{first.port}/" in first.output, first.output
        assert "secretariat@example.org" in first.output
        assert first.get("/en/")
        entrance = first.get("/en/cse/account/sign-in/")
        assert 'lang="en"' in entrance
        style = re.findall(r'href="(/static/wagtail_cse/[^"]+\.css)"', entrance)[0]
        assert ".cse" in first.get(style)
    finally:
        assert first.end() == 0
    second = Run(clone, timeout=60)
    try:
        assert "secretariat@example.org" in second.output, second.output
        assert second.seconds < 10
    finally:
        assert second.end() == 0


def test_a_port_in_use_is_said_in_words(clone):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "sandbox.serve", f"--port={port}"], cwd=ROOT, capture_output=True, text=True
        )
    assert done.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in done.stderr
