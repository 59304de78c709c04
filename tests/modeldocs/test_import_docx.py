"""DOCX into the neutral tree, and files that are none."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from django.core.files.base import ContentFile

from tests.modeldocs.files import body, bomb, docx_with, fixture
from tests.modeldocs.test_import_html import cell, item, paragraph, words
from tests.modeldocs.trees import comparable
from wagtail_cse.coedit import render
from wagtail_cse.core.exceptions import Invalid
from wagtail_cse.modeldocs.importing import read, sentences


def docx(data: bytes, name: str = "file.docx") -> ContentFile:
    return ContentFile(data, name=name)


def of(inner: str):
    return read(docx(docx_with(**{"word/document.xml": body(inner)})))


def test_the_fixture_becomes_exactly_this():
    found = read(fixture("volunteers.docx"))
    assert found.title == "Kalan gönüllüler"
    assert found.language == "tr"
    assert comparable(found.tree) == [
        {"type": "heading", "attrs": {"level": 2}, "content": [words("Sorun")]},
        paragraph(
            "İlk ay ",
            words("önemli", "strong"),
            ", ama ",
            words("hiç", "em"),
            " kolay değil: m",
            words("2", "superscript"),
            " başına ",
            words("on", "strikethrough"),
            " beş kişi. Bakınız ",
            words("rehber", ("link", {"href": "https://example.org/rehber"})),
            " ve tuzak.",
        ),
        {"type": "heading", "attrs": {"level": 2}, "content": [words("Adımlar")]},
        {"type": "heading", "attrs": {"level": 3}, "content": [words("Hazırlık")]},
        {
            "type": "bullet_list",
            "content": [
                item(
                    paragraph("Karşılama"),
                    {
                        "type": "bullet_list",
                        "content": [item(paragraph("iki kişi")), item(paragraph("kırk dakika"))],
                    },
                ),
                item(paragraph("Kart")),
            ],
        },
        {
            "type": "ordered_list",
            "attrs": {"order": 1},
            "content": [item(paragraph("Önce konuş")), item(paragraph("Sonra yaz"))],
        },
        paragraph("Ara söz."),
        {"type": "ordered_list", "attrs": {"order": 3}, "content": [item(paragraph("En son oku"))]},
        {"type": "blockquote", "content": [paragraph("Kimse ilk gün yalnız kalmamalı.")]},
        {"type": "heading", "attrs": {"level": 2}, "content": [words("Roller")]},
        {
            "type": "table",
            "content": [
                {"type": "table_row", "content": [cell("table_header", word) for word in ("Rol", "Kim", "Saat")]},
                {"type": "table_row", "content": [cell("table_cell", word) for word in ("Eşlikçi", "Gönüllü", "6")]},
                {
                    "type": "table_row",
                    "content": [cell("table_cell", "Birlikte", colspan=2), cell("table_cell", "32")],
                },
            ],
        },
        {
            "type": "image",
            "attrs": {"image": 1, "alt": "Kesişen iki daire", "caption": "Ortaklık", "decorative": False},
        },
        paragraph("Karar yeni"),
        paragraph("Kutudaki söz"),
    ]
    assert sentences(found.report.as_json()) == [
        "1 comment was left out.",
        "1 link was removed because its address is not a web, mail or telephone address; its text was kept.",
        "1 tracked deletion was applied: the deleted words were left out.",
        "1 tracked insertion was applied: the words are part of the text now.",
        "The text of 1 text box was placed after the paragraph beside which it stood.",
        "The text of 1 page header or footer was left out.",
    ]


def test_cells_that_are_merged_downwards():
    row = "<w:tr><w:tc><w:tcPr><w:vMerge {}/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>{}</w:tr>"
    side = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    found = of(
        "<w:tbl>"
        + row.format('w:val="restart"', "a", side.format("b"))
        + row.format("", "", side.format("c"))
        + "</w:tbl>"
    )
    assert comparable(found.tree) == [
        {
            "type": "table",
            "content": [
                {"type": "table_row", "content": [cell("table_cell", "a", rowspan=2), cell("table_cell", "b")]},
                {"type": "table_row", "content": [cell("table_cell", "c")]},
            ],
        }
    ]


def test_a_link_written_as_a_field():
    found = of(
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        '<w:r><w:instrText>HYPERLINK "https://example.org/x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>here</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t> and on</w:t></w:r></w:p>'
    )
    assert comparable(found.tree) == [
        paragraph(words("here", ("link", {"href": "https://example.org/x"})), " and on")
    ]


def test_hidden_text_stays_out_and_a_table_of_contents_is_made_anew():
    found = of(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        "<w:sdtContent><w:p><w:r><w:t>Issue ... 3</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>shown</w:t></w:r></w:p>"
    )
    assert render.to_text(found.tree) == "shown"
    kinds = {row["kind"] for row in found.report.as_json()}
    assert {"hidden", "contents"} <= kinds


def test_footnotes_move_to_the_end():
    notes = (
        b'<?xml version="1.0"?><w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> See Bari.</w:t></w:r></w:p></w:footnote>'
        b"</w:footnotes>"
    )
    with zipfile.ZipFile(io.BytesIO(docx_with())) as source:
        rels = source.read("word/_rels/document.xml.rels")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    rels = rels.replace(
        b"</Relationships>", b'<Relationship Id="rF" Type="' + kind + b'" Target="footnotes.xml"/></Relationships>'
    )
    main = body('<w:p><w:r><w:t>Text</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>')
    parts = {"word/footnotes.xml": notes, "word/_rels/document.xml.rels": rels, "word/document.xml": main}
    found = read(docx(docx_with(**parts)))
    assert comparable(found.tree) == [paragraph("Text", words("[1]", "superscript")), paragraph("[1] See Bari.")]
    assert {"kind": "note", "count": 1} in found.report.as_json()


def refused(upload) -> Invalid:
    with pytest.raises(Invalid) as error:
        read(upload)
    assert error.value.message.endswith(".")
    return error.value


def test_a_damaged_file():
    whole = docx_with()
    assert refused(docx(whole[: len(whole) // 2])).code == "broken"
    assert refused(docx(b"PK\x03\x04 and then nothing sensible")).code == "broken"
    assert refused(docx(docx_with(**{"word/document.xml": b"<w:document><not closed"}))).code == "broken"


def test_a_part_whose_bytes_are_damaged():
    data = bytearray(docx_with())
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as source:
        entry = source.getinfo("word/document.xml")
    start = entry.header_offset + 30 + len(entry.filename) + 40
    data[start : start + 60] = b"\xff" * 60
    assert refused(docx(bytes(data))).code == "broken"


def test_something_else_in_a_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("hello.txt", "hello")
    assert refused(docx(out.getvalue())).code == "not_docx"


def test_old_word_and_password():
    assert refused(docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old.doc")).code == "old_word"


def test_wrong_type_and_empty_file():
    assert refused(docx(b"%PDF-1.7 ...", "text.pdf")).code == "wrong_type"
    assert refused(docx(b"", "empty.docx")).code == "empty"
    assert refused(docx(b"{}", "data.json")).code == "wrong_type"


def test_too_large_is_refused_before_a_byte_is_read():
    class Upload(ContentFile):
        def read(self, *args):
            raise AssertionError("read")

    upload = Upload(b"", name="large.docx")
    upload.size = 60 * 1024 * 1024
    assert refused(upload).code == "too_large"
    assert "20 MB" in refused(upload).message


def test_the_limit_is_a_setting(settings):
    settings.WAGTAIL_CSE_MODELDOCS_IMPORT_MAX_BYTES = 1024 * 1024
    upload = docx(b"x" * (1024 * 1024 + 1))
    assert "1 MB" in refused(upload).message


def test_a_zip_bomb_is_not_opened():
    data = bomb()
    assert len(data) < 1024 * 1024
    started = time.monotonic()
    assert refused(docx(data)).code == "too_large_unpacked"
    assert time.monotonic() - started < 1


def test_a_bomb_that_lies_about_its_size_is_cut_off():
    data = bytearray(
        docx_with(**{"word/document.xml": body("<w:p><w:r><w:t>a</w:t></w:r></w:p>") + b" " * 3_000_000})
    )
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[place + 24 : place + 28] = (500).to_bytes(4, "little")
    assert refused(docx(bytes(data))).code == "broken"


def test_too_many_parts(settings):
    settings.WAGTAIL_CSE_MODELDOCS_IMPORT_MAX_PARTS = 50
    parts = {f"word/media/{number}.bin": b"x" for number in range(60)}
    assert refused(docx(docx_with(**parts))).code == "too_large_unpacked"


def test_entity_bombs_and_outside_entities_are_refused():
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        b"<w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert refused(docx(docx_with(**{"word/document.xml": laughs}))).code == "broken"
    outside = laughs.replace(b'"aaaaaaaaaa"', b'SYSTEM "file:///etc/hostname"')
    assert refused(docx(docx_with(**{"word/document.xml": outside}))).code == "broken"
    assert refused(docx(docx_with(**{"word/styles.xml": laughs}))).code == "broken"


def test_nesting_without_end():
    deep = "<w:sdt><w:sdtContent>" * 3000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 3000
    assert refused(docx(docx_with(**{"word/document.xml": body(deep)}))).code == "broken"


def test_no_text_at_all():
    assert refused(docx(docx_with(**{"word/document.xml": body("<w:p/>")}))).code == "empty"
