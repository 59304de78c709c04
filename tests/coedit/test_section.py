import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coedit.clients import HttpEditor
from tests.coedit.test_sync import signed_in, stored_text
from wagtail_cse.access.actions import RevokeRole
from wagtail_cse.coedit import markup, merging, state
from wagtail_cse.coedit import tree as t
from wagtail_cse.coedit.models import Update


def blocks(*nodes):
    return t.doc(*nodes)["content"]


def p(*parts):
    return t.node("paragraph", *parts)


# -- markup ------------------------------------------------------------------


def test_markup_says_what_the_text_says():
    made = blocks(
        p(t.text("bold", "strong"), " and ", t.text("law", ("link", {"href": "https://example.org/a_(b)"}))),
        t.node("heading", "Steps", level=3),
        t.node(
            "bullet_list",
            t.node("list_item", p("one"), t.node("ordered_list", t.node("list_item", p("inner")))),
            t.node("list_item", p("two")),
        ),
        t.node("blockquote", p("said"), p("again")),
        t.node("horizontal_rule"),
        p("first line", t.node("hard_break"), "second line"),
        p("- not a list, 2 * 3 * 4 and snake_case_name"),
    )
    assert markup.join(markup.write(made)) == (
        "**bold** and [law](https://example.org/a_\\(b\\))\n\n"
        "### Steps\n\n"
        "- one\n  1. inner\n- two\n\n"
        "> said\n>\n> again\n\n"
        "---\n\n"
        "first line\nsecond line\n\n"
        "\\- not a list, 2 \\* 3 \\* 4 and snake\\_case\\_name"
    )


def test_what_cannot_be_said_is_kept_by_a_line():
    made = blocks(
        p("before"),
        t.node("table", t.node("table_row", t.node("table_cell", p("cell"), colspan=1, rowspan=1))),
        t.node("callout", p("careful"), **{"kind": "note"}),
    )
    chunks = markup.write(made)
    assert chunks == ["before", "[[2: Table cell]]", "[[3: Callout careful]]"]
    assert merging.typed(made, markup.join(chunks)) == made
    assert merging.typed(made, "[[3: Callout careful]]\n\nbefore") == [made[2], made[0]]


def test_dangerous_links_stay_words():
    (block,) = markup.parse_chunk("[click](javascript:alert)")
    assert block == t.node("paragraph", "[click](javascript:alert)")


letters = st.text("ab ıŞğ*_`~^[]()\\#->1.!\n", min_size=1, max_size=30)


@settings(max_examples=300, deadline=None)
@given(st.lists(letters, min_size=1, max_size=4))
def test_saving_without_a_change_changes_nothing(texts):
    parts = [part for text in texts if (part := " ".join(text.split()))]
    made = blocks(*[p(part) for part in parts], p("end"))
    assert merging.typed(made, markup.join(markup.write(made))) == made


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_document(written):
    made = merging.typed(blocks(p("base")), written)
    assert t.seed({"type": "doc", "content": made or [p("x")]})


# -- merging -----------------------------------------------------------------


def test_changes_in_different_words_are_both_kept():
    assert merging.merge_words("a big red house", "a small red house", "a big red boat") == "a small red boat"


def test_changes_of_the_same_words_are_a_conflict():
    assert merging.merge_words("a big house", "a small house", "a huge house") is None
    assert merging.merge_words("a big house", "a small house", "a small house") == "a small house"


def test_merge_of_blocks():
    base = blocks(p("one"), p("two"), p("three"))
    mine = [base[0], {**base[1], "content": [t.text("TWO")]}, base[2], *blocks(p("mine"))]
    theirs = [{**base[0], "content": [t.text("ONE")]}, base[1], *blocks(p("theirs"))]
    merged = merging.merge(base, mine, theirs)
    assert [b["content"][0]["text"] for b in merged.blocks] == ["ONE", "TWO", "mine", "theirs"]
    assert merged.conflicts == []


def test_what_others_work_on_is_not_removed():
    base = blocks(p("one"), p("two"))
    theirs = [base[0], {**base[1], "content": [t.text("two, better")]}]
    merged = merging.merge(base, [base[0]], theirs)
    assert merged.blocks == theirs
    assert [(c.mine, c.theirs) for c in merged.conflicts] == [(None, theirs[1])]


# -- in the browser ------------------------------------------------------------


@pytest.fixture
def form(world):
    """(client, address, posted fields) of the form for the section "Aims", opened by Berk."""
    client = signed_in(world.berk)
    bid = state.current_tree(world.document)["content"][0]["attrs"]["bid"]
    url = f"/en/cse/coedit/{world.document.uuid}/section/?section={bid}"
    page = client.get(url)
    assert page.status_code == 200
    assert page.context["form"].initial["text"] == "Newcomers do nothing alone."
    return client, url, dict(page.context["form"].initial)


pytestmark = pytest.mark.django_db


def test_a_section_is_saved(world, form):
    client, url, fields = form
    response = client.post(url, {**fields, "text": fields["text"] + "\n\n- one\n- two"})
    assert response.status_code == 302
    assert stored_text(world.document) == "Aims\n\nNewcomers do nothing alone.\n\none\ntwo"
    row = Update.objects.get(document=world.document, seq=2)
    assert (row.user, row.party.name, row.transport) == (world.berk, "Porto", "server")


def test_saving_twice_is_saving_once(world, form):
    client, url, fields = form
    fields["text"] += "\n\nMore."
    for _ in range(3):
        assert client.post(url, fields).status_code == 302
    assert stored_text(world.document) == "Aims\n\nNewcomers do nothing alone.\n\nMore."
    assert Update.objects.filter(document=world.document).count() == 2


def test_what_others_wrote_meanwhile_is_kept(world, form):
    client, url, fields = form
    anna = HttpEditor(signed_in(world.anna), world.document)
    anna.exchange()
    anna.type("All ", block=0, at=0)
    anna.type("Really: ", block=1, at=0)
    anna.add_paragraph("Anna's own.")
    anna.exchange()
    response = client.post(url, {**fields, "text": fields["text"] + " Ever."})
    assert response.status_code == 302
    assert stored_text(world.document) == "All Aims\n\nReally: Newcomers do nothing alone. Ever.\n\nAnna's own."
    # Who has it open sees it without a reload, and her own words are where they were.
    anna.exchange()
    assert anna.text == stored_text(world.document)


def test_a_real_conflict_shows_both_and_loses_nothing(world, form):
    client, url, fields = form
    anna = HttpEditor(signed_in(world.anna), world.document)
    anna.exchange()
    with anna.editing() as root:
        del root.children[1].children[0][0:9]
        root.children[1].children[0].insert(0, "Volunteers")
    anna.add_paragraph("Anna's own.")
    anna.exchange()
    response = client.post(url, {**fields, "text": "Beginners do nothing alone."})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Volunteers do nothing alone." in page
    assert "Beginners do nothing alone." in page
    area = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.S)[1]
    assert area.replace("&#x27;", "'") == "Beginners do nothing alone.\n\nAnna's own."
    assert stored_text(world.document) == "Aims\n\nVolunteers do nothing alone.\n\nAnna's own."
    base = re.search(r'name="base" value="(\d+)"', page)[1]
    assert client.post(url, {"text": "Beginners do nothing alone.\n\nAnna's own.", "base": base}).status_code == 302
    assert stored_text(world.document) == "Aims\n\nBeginners do nothing alone.\n\nAnna's own."


def test_a_role_lost_between_open_and_save(world, form):
    from tests import factories

    client, url, fields = form
    factories.grant(world.space, "observer", party=world.porto)
    RevokeRole(actor=None, grant=world.grants["berk"]).execute()
    response = client.post(url, {**fields, "text": "My long text."})
    assert response.status_code == 403
    assert "My long text." in response.content.decode()
    assert stored_text(world.document) == "Aims\n\nNewcomers do nothing alone."


def test_a_section_that_was_removed(world, form):
    client, url, fields = form
    anna = HttpEditor(signed_in(world.anna), world.document)
    anna.exchange()
    anna.delete_block(0)
    anna.exchange()
    response = client.post(url, {**fields, "text": "My long text."})
    assert response.status_code == 409
    assert "My long text." in response.content.decode()


@pytest.mark.parametrize(("name", "status"), [("carla", 403), ("dimitri", 403), ("stranger", 404)])
def test_who_may_not_write_has_no_form(world, form, name, status):
    _client, url, fields = form
    client = signed_in(getattr(world, name))
    assert client.get(url).status_code == status
    assert client.post(url, {**fields, "text": "x"}).status_code == status
    assert Update.objects.filter(document=world.document).count() == 1


def test_the_text_as_a_page(world):
    client = signed_in(world.dimitri)
    response = client.get(f"/en/cse/coedit/{world.document.uuid}/text/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "<p" in page
    assert "Newcomers do nothing alone." in page
    assert "section/?section=" not in page
    assert (
        "section/?section="
        in signed_in(world.anna).get(f"/en/cse/coedit/{world.document.uuid}/text/").content.decode()
    )
    assert signed_in(world.stranger).get(f"/en/cse/coedit/{world.document.uuid}/text/").status_code == 404
