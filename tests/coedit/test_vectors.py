"""What real Yjs and y-prosemirror write (fixtures/README.md)."""

import base64
import json
from pathlib import Path

import pytest

from wagtail_cse.coedit import tree as t
from wagtail_cse.coedit.anchors import check_anchor
from wagtail_cse.coedit.inspection import inspect
from wagtail_cse.coedit.models import Document
from wagtail_cse.coedit.room import Room

FIXTURES = Path(__file__).parent / "fixtures"


def plain(node, top=True):
    """ProseMirror's JSON as our tree has it: without empty attributes, ids below the first level, column widths."""
    made = {"type": node["type"]}
    attrs = {
        name: value
        for name, value in node.get("attrs", {}).items()
        if value is not None and name != "colwidth" and (top or name != "bid")
    }
    if attrs:
        made["attrs"] = attrs
    if node.get("content"):
        made["content"] = [plain(child, node["type"] == "doc") for child in node["content"]]
    if node["type"] == "text":
        made["text"] = node["text"]
        if node.get("marks"):
            made["marks"] = [{k: v for k, v in mark.items() if k == "type" or v} for mark in node["marks"]]
    return made


def comparable(tree):
    return json.dumps(tree, sort_keys=True, ensure_ascii=False)


def session():
    data = json.loads((FIXTURES / "session.json").read_text())
    return [base64.b64decode(update) for update in data["updates"]], data["final"], base64.b64decode(data["state"])


def test_reading_what_y_prosemirror_writes():
    expected = plain(json.loads((FIXTURES / "document.json").read_text()))
    assert comparable(t.from_state((FIXTURES / "document.bin").read_bytes())) == comparable(expected)


def test_marks_that_y_prosemirror_hashes_are_found():
    report = inspect((FIXTURES / "document.bin").read_bytes())
    assert any(item.name.startswith("link--") for item in report.items if item.kind == "format")


def test_every_update_of_a_session_passes(transactional_db):
    from tests import factories

    space = factories.space("Session")
    document = Document.objects.create(space=space, kind="test", title="S", language="tr")
    room = Room.load(document.pk)
    updates, final, state = session()
    server = ("server", None)
    assert room.stage((FIXTURES / "document.bin").read_bytes(), server) is not None
    for update in updates:
        # Each belongs to the client in it; here both belong to one person.
        assert room.stage(update, ("editor", None)) is not None
        assert room.stage(update, ("editor", None)) is None, "the second time it is no news"
    assert comparable(t.from_doc(room.doc)) == comparable(plain(final))
    assert room.live == sum(room.clocks.values()) - sum(n for _c, _at, n in inspect(room.doc.get_update()).deletes)
    # The whole state of a real client says the same once more.
    assert room.stage(state, ("editor", None)) is None


def test_a_room_from_a_snapshot_judges_like_one_from_rows(transactional_db):
    """What was deleted and forgotten must not make an honest update look like a crime."""
    updates, final, _state = session()
    whole = t.load((FIXTURES / "document.bin").read_bytes())
    for number, update in enumerate(updates):
        room = Room(1, 1, 1)
        room._open()
        report = room._absorb(whole.get_update())
        room.live = sum(room.clocks.values()) - sum(size for _client, _clock, size in report.deletes)
        room.owners = dict.fromkeys(room.clocks, ("editor", None))
        assert room.stage(update, ("editor", None)) is not None, number
        whole.apply_update(update)
    assert comparable(t.from_doc(whole)) == comparable(plain(final))


@pytest.mark.parametrize("anchor", json.loads((FIXTURES / "anchors.json").read_text()))
def test_anchors(anchor):
    data = base64.b64decode(anchor)
    assert check_anchor(data)
    assert not check_anchor(data + b"\x00\x00")
    assert not check_anchor(data[:1])
