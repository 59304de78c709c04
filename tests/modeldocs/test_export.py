"""Files that go out, and come in again as the same text."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from django.core.files.base import ContentFile
from docx import Document as open_docx
from docx.oxml.ns import qn

from tests.modeldocs.files import fixture
from tests.modeldocs.fixtures.make_fixtures import png
from tests.modeldocs.trees import comparable
from wagtail_cse.coedit.tree import doc, node, text
from wagtail_cse.modeldocs.exporting import Edition, EditionImage, write_docx, write_html
from wagtail_cse.modeldocs.importing import read

LINK = ("link", {"href": "https://example.org/a?b=1&c=2"})
PICTURE = "11111111-1111-4111-8111-111111111111"
ORNAMENT = "22222222-2222-4222-8222-222222222222"


def par(*parts):
    return node("paragraph", *parts)


def cell(kind, *content, **spans):
    return node(kind, *content, **{"colspan": 1, "rowspan": 1, **spans})


#: Everything that a document can hold.
EVERYTHING = doc(
    node("heading", "Sorun", level=2),
    par(
        text("kalın", "strong"),
        " ",
        text("eğik", "em"),
        " ",
        text("ikisi", "strong", "em"),
        " ",
        text("üstü çizili", "strikethrough"),
        " H",
        text("2", "subscript"),
        "O m",
        text("2", "superscript"),
        " ",
        text("kod", "code"),
        " ",
        text("bağ", LINK),
        " ",
        text("kalın bağ", LINK, "strong"),
        " ",
        text("kod bağı", LINK, "code"),
        node("hard_break"),
        "yeni satır, ığüşöçİ, καλημέρα, 👋🏽 & <b>",
    ),
    node("heading", "Alt", level=3),
    node("heading", "Daha alt", level=4),
    node(
        "bullet_list",
        node(
            "list_item",
            par("bir"),
            node(
                "ordered_list",
                node("list_item", par("a"), par("a devam")),
                node("list_item", par("b"), node("bullet_list", node("list_item", par("derin")))),
                order=4,
            ),
            node("bullet_list", node("list_item", par("başka liste"))),
        ),
        node("list_item", par("iki"), par("iki devam")),
    ),
    node("ordered_list", node("list_item", par("ilk")), node("list_item", par("ikinci")), order=1),
    node("ordered_list", node("list_item", par("yedinci")), order=7),
    node("bullet_list", node("list_item", par("ayrı liste"))),
    node("blockquote", par("alıntı"), par("sürüyor"), node("bullet_list", node("list_item", par("maddesi")))),
    node("blockquote", par("başka alıntı")),
    node("callout", par("not"), kind="note"),
    node("callout", par("uyarı"), node("ordered_list", node("list_item", par("adım")), order=2), kind="warning"),
    node("callout", par("örnek"), par("devamı"), kind="example"),
    node("horizontal_rule"),
    node(
        "table",
        node("table_row", cell("table_header", par("Rol")), cell("table_header", par("Saat"), colspan=2)),
        node(
            "table_row",
            cell("table_header", par("Eşlikçi"), rowspan=2),
            cell("table_cell", par("6"), node("bullet_list", node("list_item", par("haftada")))),
            cell("table_cell", par("7")),
        ),
        node("table_row", cell("table_cell", par(text("8", "strong"))), cell("table_cell", par("9"))),
    ),
    node("table", node("table_row", cell("table_cell", par("tek")))),
    node("image", image=PICTURE, alt="Kesişen iki daire", caption="Ortaklık", decorative=False),
    node("image", image=ORNAMENT, alt="", caption="", decorative=True),
    par("Son."),
)


def edition(tree=EVERYTHING, **fields):
    images = {key: EditionImage(png(), "image/png") for key in (PICTURE, ORNAMENT)}
    defaults = {
        "title": "Kalan gönüllüler: “ilk ay”",
        "language": "tr",
        "tree": tree,
        "line": "Sürüm 3, “İzmir'den sonra”, 12 Kasım 2026",
        "organisations": ("Approdo Comune", "Köprü Derneği"),
        "images": images,
    }
    return Edition(**{**defaults, **fields})


def again(data: bytes, name: str):
    return read(ContentFile(data, name=name))


@pytest.mark.parametrize(("write", "name"), [(write_docx, "a.docx"), (write_html, "a.html")])
def test_a_file_that_comes_in_again_is_the_same_text(write, name):
    found = again(write(edition()), name)
    assert comparable(found.tree) == comparable(EVERYTHING)
    assert (found.title, found.language) == ("Kalan gönüllüler: “ilk ay”", "tr")
    assert [row["kind"] for row in found.report.as_json()] == ([] if name == "a.docx" else ["style"])
    assert len(found.images) == 2


@pytest.mark.parametrize("name", ["volunteers.docx", "volunteers.html"])
def test_the_fixtures_go_round_too(name):
    first = read(fixture(name))
    images = {str(one.uuid): EditionImage(one.data, one.content_type) for one in first.images}
    made = edition(first.tree, title=first.title, language=first.language, images=images)
    assert comparable(again(write_docx(made), "a.docx").tree) == comparable(first.tree)


def test_the_docx_is_what_word_expects():
    made = open_docx(io.BytesIO(write_docx(edition())))
    styles = {paragraph.text: paragraph.style.name for paragraph in made.paragraphs}
    assert styles["Kalan gönüllüler: “ilk ay”"] == "Title"
    assert styles["Sürüm 3, “İzmir'den sonra”, 12 Kasım 2026"] == "Document details"
    assert styles["Approdo Comune · Köprü Derneği"] == "Document details"
    assert (styles["Sorun"], styles["Alt"], styles["Daha alt"]) == ("Heading 1", "Heading 2", "Heading 3")
    assert styles["uyarı"] == "Callout warning"
    assert made.core_properties.language == "tr"
    assert made.core_properties.title == "Kalan gönüllüler: “ilk ay”"
    assert {lang.get(qn("w:val")) for lang in made.styles.element.iter(qn("w:lang"))} == {"tr"}
    table = made.tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1]._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None
    assert [cell.text for cell in table.rows[0].cells] == ["Rol", "Saat", "Saat"]
    links = {rel.target_ref for rel in made.part.rels.values() if rel.reltype.endswith("/hyperlink")}
    assert links == {"https://example.org/a?b=1&c=2"}
    alts = [shape._inline.docPr.get("descr") for shape in made.inline_shapes]
    assert alts == ["Kesişen iki daire", ""]


def test_the_page_needs_nothing_outside_itself():
    page = write_html(edition()).decode()
    assert page.startswith("<!doctype html>")
    assert '<html lang="tr" dir="ltr">' in page
    assert page.count("data:image/png;base64,") == 2
    for outside in ('src="http', 'src="/', "<link", "<script", "url("):
        assert outside not in page
    assert "Köprü Derneği" in page
    assert "@media print" in page


def test_words_are_escaped_in_both():
    tree = doc(par("<script>alert(1)</script> & \x0b"))
    made = edition(tree, title="<script>alert(2)</script>", images={})
    page = write_html(made).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" in "".join(p.text for p in open_docx(io.BytesIO(write_docx(made))).paragraphs)


def test_a_missing_image_leaves_its_words():
    tree = doc(node("image", image=PICTURE, alt="İki daire", caption="Ortaklık", decorative=False))
    made = edition(tree, images={})
    assert "[İki daire]" in [p.text for p in open_docx(io.BytesIO(write_docx(made))).paragraphs]
    assert "İki daire" in write_html(made).decode()


def test_webp_and_damaged_images_do_not_stop_the_file():
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "WEBP")
    tree = doc(
        node("image", image=PICTURE, alt="a", caption="", decorative=False),
        node("image", image=ORNAMENT, alt="b", caption="", decorative=False),
    )
    images = {PICTURE: EditionImage(out.getvalue(), "image/webp"), ORNAMENT: EditionImage(b"broken", "image/png")}
    with zipfile.ZipFile(io.BytesIO(write_docx(edition(tree, images=images)))) as made:
        assert [name for name in made.namelist() if name.startswith("word/media/")] == ["word/media/image1.png"]


def test_anything_that_the_schema_allows_can_be_written():
    """Nesting that imports avoid but an editor may make."""
    tree = doc(
        node(
            "bullet_list",
            node(
                "list_item",
                par("a"),
                node("table", node("table_row", cell("table_cell", par("b")))),
                node("blockquote", node("callout", par("c"), kind="note")),
                node("heading", "d", level=3),
                node("horizontal_rule"),
            ),
            node("list_item"),
        ),
        node("table", node("table_row", cell("table_cell", node("table", node("table_row", cell("table_cell")))))),
        node("table"),
        par(),
        par(text("in site", ("link", {"href": "/somewhere/"}))),
    )
    made = open_docx(io.BytesIO(write_docx(edition(tree))))
    words = [p.text for p in made.element.body.iter(qn("w:t"))]
    assert {"a", "b", "c", "d", "in site"} <= set(words)


def test_spans_without_measure_do_not_blow_up_the_file():
    rows = [node("table_row", cell("table_cell", par(f"words {n}"), colspan=100, rowspan=1000)) for n in range(300)]
    started = time.monotonic()
    data = write_docx(edition(doc(node("table", *rows))))
    assert time.monotonic() - started < 5
    assert len(data) < 200_000
    assert "words 299" in [p.text for p in open_docx(io.BytesIO(data)).paragraphs]


def test_spans_that_overlap():
    tree = doc(
        node(
            "table",
            node("table_row", cell("table_cell", par("a")), cell("table_cell", par("b"), rowspan=2)),
            node("table_row", cell("table_cell", par("c"), colspan=2)),
        )
    )
    made = open_docx(io.BytesIO(write_docx(edition(tree))))
    assert {"a", "b", "c"} <= {part.text for part in made.element.body.iter(qn("w:t"))}


def test_file_names():
    assert edition(title="Kalan gönüllüler / 2: ilk ay?").file_name("docx") == "Kalan-gönüllüler-2-ilk-ay.docx"
    assert edition(title="../..").file_name("html") == "document.html"
