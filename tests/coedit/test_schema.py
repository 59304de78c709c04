import pytest

from wagtail_cse.coedit import schema
from wagtail_cse.coedit import tree as t
from wagtail_cse.core.exceptions import Invalid


@pytest.mark.parametrize(
    "href",
    ["https://example.org/a?b#c", "HTTP://example.org", "mailto:a@example.org", "tel:+90212", "#b-1", "/a/", "/"],
)
def test_links_that_are_allowed(href):
    assert schema.safe_href(href)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        " https://example.org",
        "https://example.org\n",
        "vbscript:x",
        "ftp://example.org",
        "",
        None,
        7,
        "https://" + "a" * 2000,
    ],
)
def test_links_that_are_refused(href):
    assert not schema.safe_href(href)


@pytest.mark.parametrize("level", [1, 5, 2.5, True, "2", None, float("nan"), float("inf")])
def test_heading_levels_that_are_refused(level):
    assert not schema.attribute_allowed("heading", "level", level)


def test_marks():
    assert schema.mark_allowed("strong", {})
    assert schema.mark_allowed("link--Ab3+/x9=", {"href": "/x"})
    assert schema.mark_allowed("em", None)
    assert not schema.mark_allowed("link", {})
    assert not schema.mark_allowed("link", {"href": "/x", "onclick": "y"})
    assert not schema.mark_allowed("underline", {})
    assert not schema.mark_allowed("strong", {"style": "x"})


@pytest.mark.parametrize(
    "block",
    [
        {"type": "script"},
        t.node("paragraph", t.node("paragraph", "x")),
        t.node("bullet_list", t.node("paragraph", "x")),
        t.node("paragraph", style="x"),
        t.node("horizontal_rule", "text"),
        t.node("paragraph", t.text("x", ("link", {"href": "javascript:x"}))),
        {"type": "text", "text": "loose"},
    ],
)
def test_trees_that_are_refused(block):
    with pytest.raises(Invalid):
        t.seed({"type": "doc", "content": [block]})


def test_nesting_is_bounded():
    def nested(levels):
        block = t.node("paragraph", "x")
        for _ in range(levels):
            block = t.node("blockquote", block)
        return t.doc(block)

    assert t.seed(nested(23))
    with pytest.raises(Invalid):
        t.seed(nested(24))
