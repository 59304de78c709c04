"""Frames that break a rule: each is refused with its reason, before the Rust library sees a byte."""

import contextlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coedit import forge as f
from tests.coedit.clients import Editor
from tests.coedit.test_vectors import FIXTURES, session
from wagtail_cse.coedit import tree as t
from wagtail_cse.coedit.exceptions import Behind, Rejected
from wagtail_cse.coedit.inspection import Malformed, inspect
from wagtail_cse.coedit.room import MAX_UPDATE, Room

ME, OTHER = ("me", 1), ("other", 2)
MINE, HERS = 77, 55


@pytest.fixture
def room():
    """Hers: a heading (55, 0) with text (55, 3..) and a paragraph; ids are found by `places`."""
    room = Room(1, 1, 1)
    room._open()
    tree = t.doc(t.node("heading", "Aims", level=2), t.node("paragraph", "Newcomers do nothing alone."))
    assert room.stage(t.seed(tree, client=HERS), OTHER) is not None
    return room


def places(room):
    """{name: id} of the first element of each kind."""
    found = {}
    for at, (name, _depth) in room.structure.known.elements.items():
        found.setdefault(name, at)
    return found


def nested(levels):
    structs = [f.element(f.under("prosemirror"), "blockquote")]
    structs += [f.element(f.under((MINE, n)), "blockquote") for n in range(levels - 1)]
    return f.update(f.block(MINE, 0, *structs))


def nested_any(levels):
    return f.attribute(f.under((MINE, 0), "level"), b"\x75\x01" * levels + b"\x7f")


def paragraph():
    return f.element(f.under("prosemirror"), "paragraph")


CASES = {
    "nothing": (b"", "malformed"),
    "half a number": (b"\x80", "malformed"),
    "an empty block": (b"\x01\x00\x4d\x00\x00", "malformed"),
    "more structs than bytes": (b"\x01\xff\xff\xff\xff\x0f\x4d\x00", "malformed"),
    "a long promise": (f.update(f.block(MINE, 0, b"\x04\x01\x01x\xff\xff\xff\x7f")), "malformed"),
    "bytes at the end": (f.update() + b"\x00", "malformed"),
    "a huge clock": (f.update(f.block(MINE, 1 << 48, paragraph())), "malformed"),
    "one client twice": (f.update(f.block(MINE, 0, paragraph()), f.block(MINE, 1, paragraph())), "malformed"),
    "an array": (f.update(f.block(MINE, 0, f.struct(7, f.under("prosemirror"), b"\x00"))), "malformed"),
    "a map": (f.update(f.block(MINE, 0, f.struct(7, f.under("prosemirror"), b"\x01"))), "malformed"),
    "a hook": (f.update(f.block(MINE, 0, f.struct(7, f.under("prosemirror"), b"\x05" + f.string("x")))), "malformed"),
    "a sub-document": (
        f.update(f.block(MINE, 0, f.struct(9, f.under("prosemirror"), f.string("g") + b"\x76\x00"))),
        "malformed",
    ),
    "a move": (f.update(f.block(MINE, 0, f.struct(11, f.under("prosemirror"), b"\x00\x00\x00"))), "malformed"),
    "legacy JSON": (
        f.update(f.block(MINE, 0, f.struct(2, f.under("prosemirror"), b"\x01" + f.string("1")))),
        "malformed",
    ),
    "binary": (f.update(f.block(MINE, 0, f.struct(3, f.under("prosemirror"), b"\x01x"))), "malformed"),
    "a skip": (f.update(f.block(MINE, 0, b"\x0a\x05")), "malformed"),
    "an embed": (f.update(f.block(MINE, 0, f.struct(5, f.under("prosemirror"), f.string("{}")))), "malformed"),
    "deep values": (f.update(f.block(MINE, 0, paragraph(), nested_any(5000))), "malformed"),
    "deep mark values": (f.update(f.block(MINE, 0, f.mark(f.under("prosemirror"), "link", "[" * 3000))), "malformed"),
    "nested for ever": (nested(100_000), "size"),
    "nested 20,000 deep": (nested(20_000), "depth"),
    "nested 26 deep": (nested(26), "depth"),
    "a gap in the clock": (f.update(f.block(MINE, 5, paragraph())), "gap"),
    "behind nothing": (f.update(f.block(MINE, 0, f.element(f.after((99, 0)), "paragraph"))), "reference"),
    "below nothing": (f.update(f.block(MINE, 0, f.element(f.under((99, 0)), "paragraph"))), "reference"),
    "behind itself": (f.update(f.block(MINE, 0, f.element(f.after((MINE, 0)), "paragraph"))), "reference"),
    "a circle of two": (
        f.update(
            f.block(MINE, 0, f.element(f.after((MINE + 1, 0)), "paragraph")),
            f.block(MINE + 1, 0, f.element(f.after((MINE, 0)), "paragraph")),
        ),
        "reference",
    ),
    "a deletion of nothing": (f.update(deleted=[f.deletes(99, (0, 5))]), "reference"),
    "under her name": (f.update(f.block(HERS, 1000, paragraph())), "author"),
    "another root": (f.update(f.block(MINE, 0, f.element(f.under("elsewhere"), "paragraph"))), "schema"),
    "a script": (f.update(f.block(MINE, 0, f.element(f.under("prosemirror"), "script"))), "schema"),
    "text at the top": (f.update(f.block(MINE, 0, f.text(f.under("prosemirror"), "x"))), "schema"),
    "a text node at the top": (f.update(f.block(MINE, 0, f.xml_text(f.under("prosemirror")))), "schema"),
    "a list item at the top": (f.update(f.block(MINE, 0, f.element(f.under("prosemirror"), "list_item"))), "schema"),
    "an unknown attribute": (
        f.update(f.block(MINE, 0, paragraph(), f.attribute(f.under((MINE, 0), "onclick"), f.any_string("x")))),
        "schema",
    ),
    "a level as text": (
        f.update(
            f.block(
                MINE,
                0,
                f.element(f.under("prosemirror"), "heading"),
                f.attribute(f.under((MINE, 0), "level"), f.any_string("2")),
            )
        ),
        "schema",
    ),
    "a bad value behind a good one": (
        f.update(
            f.block(
                MINE,
                0,
                f.element(f.under("prosemirror"), "heading"),
                f.attribute(f.under((MINE, 0), "level"), b"\x7d\x02"),
                f.attribute(f.after((MINE, 1)), b"\x7d\x09"),
            )
        ),
        "schema",
    ),
    "an element as an attribute": (
        f.update(f.block(MINE, 0, paragraph(), f.element(f.under((MINE, 0), "bid"), "paragraph"))),
        "schema",
    ),
    "text as an attribute": (
        f.update(f.block(MINE, 0, paragraph(), f.text(f.under((MINE, 0), "bid"), "x"))),
        "schema",
    ),
    "a dangerous link": (
        f.update(
            f.block(
                MINE,
                0,
                paragraph(),
                f.xml_text(f.under((MINE, 0))),
                f.mark(f.under((MINE, 1)), "link", '{"href":"javascript:alert(1)"}'),
            )
        ),
        "schema",
    ),
    "an unknown mark": (
        f.update(
            f.block(
                MINE, 0, paragraph(), f.xml_text(f.under((MINE, 0))), f.mark(f.under((MINE, 1)), "onclick", '"x"')
            )
        ),
        "schema",
    ),
    "an element inside text": (
        f.update(
            f.block(
                MINE,
                0,
                paragraph(),
                f.xml_text(f.under((MINE, 0))),
                f.text(f.under((MINE, 1)), "abc"),
                f.element(f.after((MINE, 3)), "paragraph"),
            )
        ),
        "schema",
    ),
    "an element below a character": (
        f.update(
            f.block(
                MINE,
                0,
                paragraph(),
                f.xml_text(f.under((MINE, 0))),
                f.text(f.under((MINE, 1)), "abc"),
                f.element(f.under((MINE, 3)), "paragraph"),
            )
        ),
        "schema",
    ),
    "text among elements": (f.update(f.block(MINE, 0, paragraph(), f.text(f.after((MINE, 0)), "x"))), "schema"),
    "too large": (f.update(f.block(MINE, 0, f.text(f.under("prosemirror"), "x" * MAX_UPDATE))), "size"),
}


@pytest.mark.parametrize("name", CASES)
def test_refused(room, name):
    frame, rule = CASES[name]
    before, clocks = room.doc.get_update(), dict(room.clocks)
    with pytest.raises(Rejected) as refused:
        room.stage(frame, ME)
    assert str(refused.value) == rule
    assert not room.broken
    assert (room.doc.get_update(), room.clocks) == (before, clocks)
    # Nobody else is affected.
    hers = Editor(HERS + 1)
    hers.doc.apply_update(before)
    assert room.stage(hers.type(" On."), OTHER) is not None


def test_gaps_and_references_may_be_filled_by_another_process(room):
    for name in ("a gap in the clock", "behind nothing", "a deletion of nothing"):
        with pytest.raises(Behind):
            room.stage(CASES[name][0], ME)


def test_depth_in_small_steps(room):
    parent = "prosemirror"
    for clock in range(24):
        assert room.stage(f.update(f.block(MINE, clock, f.element(f.under(parent), "blockquote"))), ME)
        parent = (MINE, clock)
    with pytest.raises(Rejected, match="depth"):
        room.stage(f.update(f.block(MINE, 24, f.element(f.under(parent), "blockquote"))), ME)


def test_a_wrong_place_behind_a_neighbour(room):
    """The parent is not written: it is that of the heading before it, the root, where no list item may stand."""
    heading = places(room)["heading"]
    with pytest.raises(Rejected, match="schema"):
        room.stage(f.update(f.block(MINE, 0, f.element(f.after(heading), "list_item"))), ME)
    assert room.stage(f.update(f.block(MINE, 0, f.element(f.after(heading), "paragraph"))), ME)


def test_two_contents_under_one_id(room):
    """The first counts; the second changes nothing and is not stored."""
    first = f.update(f.block(MINE, 0, f.element(f.under("prosemirror"), "paragraph")))
    second = f.update(f.block(MINE, 0, f.element(f.under("prosemirror"), "blockquote")))
    assert room.stage(first, ME) is not None
    assert room.stage(second, ME) is None


def test_an_old_delete_set_is_not_news(room):
    mine = Editor(MINE)
    mine.doc.apply_update(room.doc.get_update())
    assert room.stage(mine.delete_block(0), ME) is not None
    everything = mine.doc.get_update(room.doc.get_state())
    assert inspect(everything).deletes
    assert room.stage(everything, ME) is None


def test_what_is_stored_is_only_what_is_new(room):
    mine = Editor(MINE)
    mine.doc.apply_update(room.doc.get_update())
    mine.type("!")
    staged = room.stage(mine.doc.get_update(), ME)
    assert len(staged.data) < 40


def test_a_full_document(room, monkeypatch):
    from wagtail_cse.coedit import room as module

    monkeypatch.setattr(module, "MAX_STATE", 3000)
    mine = Editor(MINE)
    mine.doc.apply_update(room.doc.get_update())
    with pytest.raises(Rejected, match="full"):
        for _ in range(100):
            room.stage(mine.type("x" * 100), ME)
    assert len(room.doc.get_update()) <= 3000


# -- fuzz ----------------------------------------------------------------------


def swallow(data):
    """The reader accepts or says Malformed; it never does anything else."""
    try:
        inspect(data)
    except Malformed:
        return False
    return True


@settings(max_examples=1500, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes(data):
    swallow(data)


def mutated(rng, corpus):
    data = bytearray(rng.choice(corpus))
    for _ in range(rng.choice((1, 1, 2, 4))):
        kind = rng.random()
        place = rng.randrange(len(data)) if data else 0
        if kind < 0.5 and data:
            data[place] = rng.randrange(256)
        elif kind < 0.7 and data:
            del data[place : place + rng.randint(1, 8)]
        elif kind < 0.85:
            data[place:place] = bytes(rng.randrange(256) for _ in range(rng.randint(1, 6)))
        else:
            other = rng.choice(corpus)
            data[place:place] = other[rng.randrange(len(other)) :][:20]
    return bytes(data)


def test_mutations_of_real_traffic():
    """Whatever passes the checks is applied without harm; the document stays readable."""
    rng = random.Random(20261124)
    updates, _final, state = session()
    first = (FIXTURES / "document.bin").read_bytes()
    corpus = [first, state, *updates]
    passed = 0
    for round_number in range(56):
        room = Room(1, 1, 1)
        room._open()
        room.stage(first, OTHER)
        seen = round_number % len(updates)
        for update in updates[:seen]:
            room.stage(update, OTHER)
        nearby = [*updates[seen:], *corpus[:2], *updates[seen : seen + 2] * 10]
        for _ in range(80):
            with contextlib.suppress(Rejected):
                passed += room.stage(mutated(rng, nearby), OTHER) is not None
            assert not room.broken, "the reader let something through that the library cannot read"
        again = t.load(room.doc.get_update())
        assert t.from_doc(again) == t.from_doc(room.doc)
        t.seed(t.from_doc(room.doc))
    assert passed > 20
