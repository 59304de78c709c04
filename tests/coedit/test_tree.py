from wagtail_cse.coedit import blocks, canonical, render
from wagtail_cse.coedit import tree as t

BID = "0123456789abcdef0123456789abcdef"


def sample():
    return t.doc(
        t.node("heading", "Aims", level=2, section="aims"),
        t.node(
            "paragraph",
            t.text("İyi 😀", "strong"),
            " plain",
            t.node("hard_break"),
            t.text("law", ("link", {"href": "https://example.org/?a=1&b=2"}), "em"),
        ),
        t.node("bullet_list", t.node("list_item", t.node("paragraph", "one"))),
        t.node("ordered_list", t.node("list_item", t.node("paragraph", "three")), order=3),
        t.node("blockquote", t.node("paragraph", "quoted")),
        t.node("callout", t.node("paragraph", "careful"), **{"kind": "warning"}),
        t.node(
            "table",
            t.node(
                "table_row",
                t.node("table_header", t.node("paragraph", "Head"), colspan=2, rowspan=1),
                t.node("table_cell", t.node("paragraph", "Cell"), colspan=1, rowspan=1),
            ),
        ),
        t.node("horizontal_rule"),
        t.node("paragraph"),
    )


def test_a_tree_survives_the_way_through_yjs():
    tree = sample()
    assert t.from_state(t.seed(tree)) == tree


def test_ids_of_blocks_are_unique_and_stable():
    repeated = {
        "type": "doc",
        "content": [t.node("paragraph", "a", bid=BID), t.node("paragraph", "b", bid=BID), t.node("paragraph", "c")],
    }
    once, again = t.with_bids(repeated), t.with_bids(repeated)
    ids = [block["attrs"]["bid"] for block in once["content"]]
    assert ids[0] == BID
    assert len(set(ids)) == 3
    assert once == again


def test_html():
    tree = sample()
    bid = tree["content"][0]["attrs"]["bid"]
    html = render.to_html(tree, anchors=False)
    assert html == (
        "<h2>Aims</h2>"
        '<p><strong>İyi 😀</strong> plain<br><a href="https://example.org/?a=1&amp;b=2"><em>law</em></a></p>'
        "<ul><li><p>one</p></li></ul>"
        '<ol start="3"><li><p>three</p></li></ol>'
        "<blockquote><p>quoted</p></blockquote>"
        '<aside class="cse-callout cse-callout-warning"><p>careful</p></aside>'
        '<div class="cse-table-wrap"><table class="cse-table"><tbody>'
        '<tr><th colspan="2">Head</th><td>Cell</td></tr></tbody></table></div>'
        "<hr><p></p>"
    )
    assert render.to_html(tree, anchors=True).startswith(f'<h2 id="b-{bid}">')


def test_what_is_stored_cannot_become_a_script():
    evil = {
        "type": "doc",
        "content": [
            {"type": "script", "content": [{"type": "text", "text": "alert(1)"}]},
            {"type": "nodes", "content": []},
            {
                "type": "paragraph",
                "attrs": {"bid": '"><script>'},
                "content": [
                    {
                        "type": "text",
                        "text": "<script>alert(2)</script>",
                        "marks": [{"type": "link", "attrs": {"href": "javascript:alert(3)"}}, {"type": "onclick"}],
                    }
                ],
            },
            {"type": "heading", "attrs": {"level": "2 onclick=x"}},
        ],
    }
    assert render.to_html(evil, anchors=True) == "<p>&lt;script&gt;alert(2)&lt;/script&gt;</p><h2></h2>"


def test_image_html():
    image = t.node("image", image="0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f", alt="A map", caption="Bari & us")
    assert render.to_html(image, lambda key: f"/i/{key}/") == (
        '<figure><img src="/i/0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f/" alt="A map">'
        "<figcaption>Bari &amp; us</figcaption></figure>"
    )
    assert render.to_html(image) == "<figure>A map<figcaption>Bari &amp; us</figcaption></figure>"


def test_plain_text():
    assert render.to_text(sample()) == (
        "Aims\n\nİyi 😀 plain\nlaw\n\none\n\nthree\n\nquoted\n\ncareful\n\nHead\tCell"
    )


def test_blocks_keep_their_ids():
    tree = t.doc(t.node("paragraph", "x", bid=BID), t.node("paragraph"), t.node("heading", "H", level=3))
    made = blocks.to_streamfield(tree)
    assert made[0] == ("rich_text", "<p>x</p>", "01234567-89ab-cdef-0123-456789abcdef")
    assert [kind for kind, _value, _id in made] == ["rich_text", "heading"]
    assert made[1][1] == {"text": "H", "level": 3}


def test_canonical_bytes_are_written_out():
    tree = t.doc(t.node("paragraph", "Çalışma", bid=BID))
    assert (
        canonical.encode("Başlık", "tr", tree, {"u": "ab"})
        == (
            '{"content":[{"attrs":{"bid":"0123456789abcdef0123456789abcdef"},'
            '"content":[{"text":"Çalışma","type":"text"}],"type":"paragraph"}],'
            '"format":1,"images":{"u":"ab"},"language":"tr","title":"Başlık"}'
        ).encode()
    )
