from wagtail_cse.coedit import diff
from wagtail_cse.coedit import tree as t


def bid(n):
    return f"{n:032x}"


def p(n, text):
    return t.node("paragraph", text, bid=bid(n)) if text else t.node("paragraph", bid=bid(n))


def h(n, text, level=2):
    return t.node("heading", text, bid=bid(n), level=level)


def kinds(parts):
    return [(part.kind, part.text) for part in parts]


def test_words():
    parts = diff.words("what they will normally not be asked", "what they will never be asked")
    assert kinds(parts) == [
        ("same", "what they will "),
        ("del", "normally not"),
        ("ins", "never"),
        ("same", " be asked"),
    ]


def test_turkish_words_are_whole():
    assert kinds(diff.words("altı hafta", "sekiz hafta")) == [("del", "altı"), ("ins", "sekiz"), ("same", " hafta")]


def test_blocks():
    old = t.doc(h(1, "Aims"), p(2, "six weeks"), p(3, "gone"), h(4, "Roles"), p(5, "stays"))
    new = t.doc(h(1, "Aims"), p(2, "eight weeks"), p(6, "fresh"), h(4, "Roles"), p(5, "stays"))
    made = diff.compare(old, new)
    assert [(b.status, b.bid, b.moved) for b in made.blocks] == [
        ("same", bid(1), False),
        ("changed", bid(2), False),
        ("removed", bid(3), False),
        ("added", bid(6), False),
        ("same", bid(4), False),
        ("same", bid(5), False),
    ]
    changed = made.blocks[1]
    assert kinds(changed.old_parts) == [("del", "six"), ("same", " weeks")]
    assert kinds(changed.new_parts) == [("ins", "eight"), ("same", " weeks")]
    sections = made.sections()
    assert [(s.title, s.status, s.changed) for s in sections] == [("Aims", "changed", True), ("Roles", "same", False)]


def test_a_moved_block():
    old = t.doc(p(1, "one"), p(2, "two"), p(3, "three"))
    new = t.doc(p(3, "three"), p(1, "one"), p(2, "two"))
    made = diff.compare(old, new)
    assert [(b.status, b.bid, b.moved) for b in made.blocks] == [
        ("same", bid(3), True),
        ("same", bid(1), False),
        ("same", bid(2), False),
    ]
    assert made.changed


def test_cut_and_pasted_is_the_same_block():
    made = diff.compare(t.doc(p(1, "one"), p(2, "two")), t.doc(p(1, "one"), p(9, "two")))
    assert [(b.status, b.moved) for b in made.blocks] == [("same", False), ("same", False)]


def test_only_the_form_changed():
    old = t.doc(h(1, "Aims", level=2))
    new = t.doc(h(1, "Aims", level=3))
    (block,) = diff.compare(old, new).blocks
    assert (block.status, block.formatting) == ("changed", True)
    assert kinds(block.parts) == [("same", "Aims")]


def test_nothing_changed():
    tree = t.doc(h(1, "Aims"), p(2, "x"), p(3, ""))
    made = diff.compare(tree, tree)
    assert not made.changed
    assert [b.status for b in made.blocks] == ["same", "same", "same"]


def test_sections_added_and_removed():
    made = diff.compare(t.doc(h(1, "A"), p(2, "a")), t.doc(h(3, "B"), p(4, "b")))
    assert [(s.title, s.status) for s in made.sections()] == [("A", "removed"), ("B", "added")]


def test_the_order_in_which_a_database_keeps_keys_changes_nothing():
    marked = {"type": "text", "text": "lot", "marks": [{"type": "link", "attrs": {"href": "#a"}}]}
    turned = {"marks": [{"attrs": {"href": "#a"}, "type": "link"}], "text": "lot", "type": "text"}
    before = t.doc({"type": "paragraph", "attrs": {"bid": bid(1)}, "content": [marked]})
    after = t.doc({"content": [turned], "attrs": {"bid": bid(2)}, "type": "paragraph"})
    assert [block.status for block in diff.compare(before, after).blocks] == ["same"]
