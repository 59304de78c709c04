"""kill -9 in the middle of writing: what was acknowledged, or seen by somebody else, is there afterwards, once."""

import contextlib
import os
import random
import re
import threading
import time

import pytest
from websockets.exceptions import ConnectionClosed

from tests.coedit.server import Server, WsEditor
from tests.coedit.test_sync import stored_text
from wagtail_cse.coedit import state
from wagtail_cse.coedit.models import Update

ROUNDS = int(os.environ.get("CSE_CRASH_ROUNDS", "3"))
WORD = re.compile(r"<\w+-\d+>")


class Writer(threading.Thread):
    """Types one word after the other until the connection breaks."""

    def __init__(self, editor, name):
        super().__init__()
        self.editor = editor
        self.name = name
        self.words = []

    def run(self):
        try:
            while len(self.words) < 2000:
                word = f"<{self.name}-{len(self.words)}>"
                # Noted first: a word that could not be sent any more is nobody else's.
                self.words.append(word)
                self.editor.type(word, block=1)
                self.editor.push()
                # 25 words a second: a flood would be closed, and then nobody writes at the moment of the crash.
                self.listen(0.04)
        except (ConnectionClosed, OSError):
            # The server is gone: that is what this is about. What it said before is still to be heard.
            with contextlib.suppress(ConnectionClosed, OSError, TimeoutError):
                while True:
                    self.editor.take(1)

    def listen(self, seconds):
        """Read all that comes: somebody who lags behind was promised less than the server said."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            with contextlib.suppress(TimeoutError):
                self.editor.take(left)

    @property
    def acked(self):
        return set(self.words[: self.editor.acked])

    @property
    def seen(self):
        """Words of others that reached this one."""
        return set(WORD.findall(self.editor.text)) - set(self.words)


def crash(live_world, seed, **environment):
    """One round; returns (promised words, words in the database as a list)."""
    server = Server(**environment).start()
    try:
        writers = [
            Writer(WsEditor(server, live_world.document, getattr(live_world, name)).sync(), f"{name}{seed}x{number}")
            for name in ("anna", "berk")
            for number in range(2)
        ]
        for writer in writers:
            writer.start()
        time.sleep(0.5 + random.Random(seed).random())
        deadline = time.monotonic() + 20
        while sum(writer.editor.acked for writer in writers) < 10 and time.monotonic() < deadline:
            time.sleep(0.05)
        server.kill()
        for writer in writers:
            writer.join(30)
    finally:
        server.stop()
    promised = set().union(*(writer.acked | writer.seen for writer in writers))
    return promised, WORD.findall(stored_text(live_world.document))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_nothing_that_was_promised_is_lost(live_world, seed):
    promised, stored = crash(live_world, seed)
    assert len(promised) >= 10
    assert promised - set(stored) == set()
    assert len(stored) == len(set(stored)), "nothing is doubled"
    seqs = list(Update.objects.filter(document=live_world.document).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
    # And it goes on: a new client on a new server sees all of it.
    server = Server().start()
    try:
        fresh = WsEditor(server, live_world.document, live_world.anna).sync()
        assert WORD.findall(fresh.text) == stored
        fresh.type("!", block=0)
        fresh.save()
        fresh.close()
    finally:
        server.stop()
    assert state.current_tree(live_world.document)["content"][0]["content"][0]["text"] == "Aims!"


def test_the_harness_can_fail(live_world):
    """A server that acknowledges before it commits must be caught, or the test above proves nothing."""
    lost = set()
    for seed in range(3):
        promised, stored = crash(live_world, f"{seed}e", CSE_SERVE_EARLY="1")
        lost |= promised - set(stored)
    assert lost
