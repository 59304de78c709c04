"""HTML into the neutral tree."""

from __future__ import annotations

import base64

import pytest

from tests.modeldocs.files import FIXTURES, declaration, fixture, html
from tests.modeldocs.trees import comparable
from wagtail_cse.coedit import render, schema, tree
from wagtail_cse.core.exceptions import Invalid
from wagtail_cse.modeldocs.importing import read, sentences


def blocks(source):
    return comparable(read(html(source)).tree)


def words(value, *marks):
    return tree.text(value, *marks)


def paragraph(*content):
    return {"type": "paragraph", "content": [words(part) if isinstance(part, str) else part for part in content]}


def cell(kind, *content, colspan=1, rowspan=1):
    return {"type": kind, "attrs": {"colspan": colspan, "rowspan": rowspan}, "content": [paragraph(*content)]}


def item(*content):
    return {"type": "list_item", "content": list(content)}


def test_the_fixture_becomes_exactly_this():
    found = read(fixture("volunteers.html"))
    assert found.title == "Volunteers who stay"
    assert found.language == "en"
    assert comparable(found.tree) == [
        {"type": "heading", "attrs": {"level": 2}, "content": [words("Issue")]},
        paragraph(
            "The first month is ",
            words("decisive", "strong"),
            ", but ",
            words("never", "em"),
            " easy:",
            {"type": "hard_break"},
            "m",
            words("2", "superscript"),
            ", ",
            words("ten", "strikethrough"),
            " five people, ",
            words("really", "strong"),
            ". See ",
            words("the guide", ("link", {"href": "https://example.org/guide"})),
            " and the trap.",
        ),
        {"type": "heading", "attrs": {"level": 3}, "content": [words("Steps")]},
        {
            "type": "bullet_list",
            "content": [
                item(
                    paragraph("Welcome"),
                    {
                        "type": "ordered_list",
                        "attrs": {"order": 3},
                        "content": [item(paragraph("two people")), item(paragraph("forty minutes"))],
                    },
                ),
                item(paragraph("Card"), paragraph("one page")),
            ],
        },
        {"type": "blockquote", "content": [paragraph("Nobody should be alone on the first day.")]},
        paragraph("Hours"),
        {
            "type": "table",
            "content": [
                {"type": "table_row", "content": [cell("table_header", "Role"), cell("table_header", "Hours")]},
                {"type": "table_row", "content": [cell("table_header", "Companion"), cell("table_cell", "6")]},
                {
                    "type": "table_row",
                    "content": [cell("table_cell", "Together ", words("32", "em"), colspan=2)],
                },
            ],
        },
        {
            "type": "image",
            "attrs": {"image": 1, "alt": "Two circles", "caption": "A partnership", "decorative": False},
        },
        paragraph("Still read"),
        {"type": "horizontal_rule"},
        paragraph("End."),
    ]
    assert sentences(found.report.as_json()) == [
        "2 scripts were left out.",
        "1 style sheet was left out: the text takes the look of this site.",
        "1 comment was left out.",
        "1 unknown element was dissolved, its text was kept: blink.",
        "1 embedded object (video, frame, chart or file) was left out.",
        "1 image was left out because it is not in the file but somewhere else.",
        "1 link was removed because its address is not a web, mail or telephone address; its text was kept.",
        "1 hidden passage was left out.",
    ]
    assert [(one.content_type, one.data[:8]) for one in found.images] == [("image/png", b"\x89PNG\r\n\x1a\n")]


def test_what_is_imported_obeys_the_schema_and_survives_yjs():
    for name in ("volunteers.html", "volunteers.docx"):
        found = read(fixture(name)).tree
        schema.check_tree(found)
        assert tree.from_state(tree.seed(found)) == found


@pytest.mark.udhr
def test_the_declaration_in_english():
    found = read(declaration("eng"))
    assert (found.title, found.language) == ("Universal Declaration of Human Rights", "en")
    outline = render.outline(found.tree)
    assert [row["text"] for row in outline] == ["Preamble", *(f"Article {number}" for number in range(1, 31))]
    assert {row["level"] for row in outline} == {2}
    assert found.report.as_json() == []
    lists = [block for block in found.tree["content"] if block["type"] == "ordered_list"]
    assert (len(lists), sum(len(one["content"]) for one in lists)) == (13, 32)
    text = render.to_text(found.tree)
    assert "They are endowed with reason and conscience" in text
    assert len({block["attrs"]["bid"] for block in found.tree["content"]}) == len(found.tree["content"])


@pytest.mark.udhr
def test_the_declaration_in_turkish_which_does_not_state_its_encoding():
    found = read(declaration("tur"))
    assert (found.title, found.language) == ("İnsan hakları evrensel beyannamesi", "tr")
    outline = [row["text"] for row in render.outline(found.tree)]
    assert (outline[0], len(outline)) == ("Önsöz", 31)
    assert "İnsanlık ailesinin bütün üyelerinde bulunan haysiyetin" in render.to_text(found.tree)


def test_a_single_first_heading_is_the_title_and_the_others_move_up():
    found = read(html("<h1>T</h1><h3>a</h3><p>x</p><h4>b</h4><p>y</p>"))
    assert found.title == "T"
    assert [(row["level"], row["text"]) for row in render.outline(found.tree)] == [(2, "a"), (3, "b")]


def test_several_first_headings_are_sections():
    found = read(html("<h1>a</h1><p>x</p><h1>b</h1><h2>c</h2><p>y</p>"))
    assert found.title == ""
    assert [(row["level"], row["text"]) for row in render.outline(found.tree)] == [(2, "a"), (2, "b"), (3, "c")]


def test_five_levels_become_three_and_it_is_said():
    found = read(html("<h2>a</h2><h3>b</h3><h4>c</h4><h5>d</h5><h6>e</h6><p>x</p>"))
    assert [row["level"] for row in render.outline(found.tree)] == [2, 3, 4, 4, 4]
    assert sentences(found.report.as_json()) == [
        "2 headings deeper than the third level were raised to the third level."
    ]


def test_emphasis_of_word_processors_is_read_from_styles():
    assert blocks(
        '<b style="font-weight:normal"><p><span style="font-weight:700">a</span> '
        '<span style="font-style:italic">b</span> <span style="vertical-align:super">c</span></p></b>'
    ) == [paragraph(words("a", "strong"), " ", words("b", "em"), " ", words("c", "superscript"))]


def test_lists_that_word_nests_beside_their_item():
    assert blocks("<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>") == [
        {
            "type": "bullet_list",
            "content": [
                item(paragraph("a"), {"type": "bullet_list", "content": [item(paragraph("b"))]}),
                item(paragraph("c")),
            ],
        }
    ]


def test_headings_and_images_inside_lists_and_tables_find_a_place():
    picture = base64.b64encode((FIXTURES / "volunteers.docx").read_bytes()[:4]).decode()
    found = read(html(f'<ul><li><h3>a</h3><img src="data:image/png;base64,{picture}" alt="x"></li></ul>'))
    assert comparable(found.tree) == [{"type": "bullet_list", "content": [item(paragraph(words("a", "strong")))]}]
    assert found.report.as_json() == [{"kind": "bad_image", "count": 1}]


def test_a_table_in_a_table_becomes_paragraphs():
    found = read(html("<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr></table>"))
    (table,) = comparable(found.tree)
    assert table["content"][0]["content"][0]["content"] == [paragraph("a"), paragraph("b")]
    assert found.report.as_json() == [{"kind": "nested_table", "count": 1}]


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://example.org/a?b=c#d", True),
        ("HTTP://example.org/", True),
        ("mailto:someone@example.org", True),
        ("tel:+90 232 000 00 00", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("java\tscript:alert(1)", False),
        (" \x01javascript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//example.org/", False),
        ("/etc", False),
        ("#top", False),
    ],
)
def test_only_web_mail_and_telephone_links_stay(href, kept):
    (block,) = read(html(f"<p><a href='{href}'>words</a></p>")).tree["content"]
    (node,) = block["content"]
    assert node["text"] == "words"
    assert ("marks" in node) is kept


def test_no_script_reaches_the_text_whatever_it_hides_behind():
    found = read(
        html(
            "<p onclick=alert(1)>a<script>b</script><style>c</style><svg onload=alert(1)><script>d</script></svg>"
            "<template>e</template><noscript>f</noscript><object data=x>g</object><textarea>h</textarea>"
            "<!--[if IE]>i<![endif]--></p>"
        )
    )
    assert render.to_text(found.tree) == "a\n\nf"
    assert "script" not in str(render.to_html(found.tree))
    kinds = {row["kind"] for row in found.report.as_json()}
    assert kinds == {"script", "style", "drawing", "embedded", "field", "comment"}


def test_old_turkish_code_page():
    found = read(html("<html lang=tr><body><p>Gönüllü, şimdi, İzmir, ığdır</p></body></html>".encode("cp1254")))
    assert render.to_text(found.tree) == "Gönüllü, şimdi, İzmir, ığdır"


def test_declared_encoding_counts():
    found = read(html("<meta charset=iso-8859-9><p>ağaç</p>".encode("iso-8859-9")))
    assert render.to_text(found.tree) == "ağaç"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b" \n ", "empty"),
        (b"<html><body><script>x</script></body></html>", "empty"),
        (b"<p></p>", "empty"),
        (b"\x00\x01\x02\x03<p>a</p>", "not_html"),
        (b"<div>" * 5000 + b"deep", "too_deep"),
    ],
)
def test_pages_that_are_none(source, code):
    with pytest.raises(Invalid) as error:
        read(html(source))
    assert error.value.code == code
    assert error.value.message


def test_as_deep_as_pages_of_word_processors_go():
    found = read(html("<div>" * 100 + "<p>deep</p>"))
    assert render.to_text(found.tree) == "deep"


def test_entities_do_not_expand_without_bound():
    declared = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    source = f'<!DOCTYPE html [<!ENTITY a0 "lol">{declared}]><html><body><p>x &a19;</p></body></html>'
    found = read(html(source))
    assert len(render.to_text(found.tree)) < 5000


def test_decorative_and_remote_images():
    found = read(html('<p>a</p><img src="https://example.org/x.png"><img src="/media/y.png"><img src="cid:1">'))
    assert found.report.as_json() == [{"kind": "remote_image", "count": 3}]
    assert found.images == []
