import pytest

from wagtail_cse.members.markup import to_html, to_text

PAIRS = [
    ("", ""),
    ("One paragraph.", "<p>One paragraph.</p>"),
    ("One\n\nTwo", "<p>One</p><p>Two</p>"),
    ("A line\nand another", "<p>A line<br/>and another</p>"),
    ("### A heading", "<h3>A heading</h3>"),
    ("- first\n- second", "<ul><li>first</li><li>second</li></ul>"),
    ("1. first\n2. second", "<ol><li>first</li><li>second</li></ol>"),
    ("It is **strong** and *soft*.", "<p>It is <b>strong</b> and <i>soft</i>.</p>"),
    ("**A *b* c**", "<p><b>A <i>b</i> c</b></p>"),
    ("[here](https://example.org/a?b=1)", '<p><a href="https://example.org/a?b=1">here</a></p>'),
    ("[inside](page:12)", '<p><a linktype="page" id="12">inside</a></p>'),
    (r"5 \* 3 and \[not a link]", "<p>5 * 3 and [not a link]</p>"),
    ("Gönüllüler & komşular < hepsi", "<p>Gönüllüler &amp; komşular &lt; hepsi</p>"),
]


@pytest.mark.parametrize(("text", "html"), PAIRS)
def test_there(text, html):
    assert to_html(text) == html


@pytest.mark.parametrize(("text", "html"), PAIRS)
def test_and_back(text, html):
    assert to_text(html) == text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '[x](https://a"onclick="b)',
        "**<img src=x onerror=y>**",
    ],
)
def test_nothing_dangerous_comes_through(text):
    html = to_html(text)
    assert "<script" not in html
    assert "javascript:" not in html.replace("[x](javascript:", "")
    assert 'onclick="' not in html
    assert "<img" not in html


def test_what_we_do_not_offer_leaves_its_text():
    assert to_text("<blockquote>Said <code>so</code></blockquote><hr/><p>End</p>") == "Said so\n\nEnd"
