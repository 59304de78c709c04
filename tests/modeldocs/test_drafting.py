"""Starting, importing and renaming."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.base import ContentFile
from django.http import Http404
from django.utils import translation
from wagtail.models import ModelLogEntry

from tests.modeldocs.files import bomb, declaration, docx_with, fixture, html
from tests.modeldocs.fixtures.make_fixtures import png
from tests.modeldocs.trees import comparable
from wagtail_cse.access.models import PrivateFile
from wagtail_cse.coedit import render, state
from wagtail_cse.coedit.actions import FreezeVersion
from wagtail_cse.coedit.models import Document, DocumentImage
from wagtail_cse.core.exceptions import Invalid, NotAllowed, Stale
from wagtail_cse.modeldocs import document_templates
from wagtail_cse.modeldocs.checklist import before_signing, sections
from wagtail_cse.modeldocs.drafting import ImportModelDocument, RenameModelDocument, StartModelDocument
from wagtail_cse.modeldocs.models import ModelDocument

KEYS = ["issue", "context", "steps", "roles", "tools", "cost", "risks", "evidence", "adapt"]


def start(net, partnership, who="giulia", organisation="approdo", **fields):
    values = {"title": "A text", "language": "en", **fields}
    return StartModelDocument(actor=net.actor(who, organisation), partnership=partnership, **values).execute()


def bring(net, partnership, upload, who="giulia", organisation="approdo", **fields):
    return ImportModelDocument(
        actor=net.actor(who, organisation), partnership=partnership, upload=upload, **fields
    ).execute()


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        (
            "en",
            ["Issue", "Context", "Steps", "Roles", "Tools", "Cost", "Risks", "Evidence", "How to adapt"],
        ),
        (
            "tr",
            ["Sorun", "Bağlam", "Adımlar", "Roller", "Araçlar", "Maliyet", "Riskler", "Kanıtlar", "Nasıl uyarlanır?"],
        ),
        (
            "el",
            [
                "Το ζήτημα",
                "Το πλαίσιο",
                "Τα βήματα",
                "Οι ρόλοι",
                "Τα εργαλεία",
                "Το κόστος",
                "Οι κίνδυνοι",
                "Τα στοιχεία",
                "Πώς προσαρμόζεται",
            ],
        ),
        (
            "it",
            [
                "Il problema",
                "Il contesto",
                "I passi",
                "I ruoli",
                "Gli strumenti",
                "I costi",
                "I rischi",
                "Le prove",
                "Come adattarlo",
            ],
        ),
    ],
)
def test_headings_stand_in_the_language_of_the_text(net, partnership, language, titles):
    with translation.override("en"):
        made = start(net, partnership, title=" Kalan gönüllüler ", language=language)
    tree = state.current_tree(made.document)
    headings = [block for block in tree["content"] if block["type"] == "heading"]
    assert [render.flat_text(block) for block in headings] == titles
    assert [block["attrs"]["section"] for block in headings] == KEYS
    assert [block["type"] for block in tree["content"]] == ["heading", "paragraph"] * 9
    assert (made.document.title, made.document.language) == ("Kalan gönüllüler", language)
    assert (made.document.kind, made.template, made.space) == ("modeldoc", "model", partnership.space)
    assert (made.created_by, made.party.name) == (net.people["giulia"], "Approdo Comune")


def test_the_log_says_who_for_whom(net, partnership):
    made = start(net, partnership)
    entry = ModelLogEntry.objects.get(action="cse.modeldocs.start")
    assert entry.object_id == str(made.pk)
    assert entry.user == net.people["giulia"]
    assert entry.data == {"title": "A text", "for": "Approdo Comune"}


def test_a_site_adds_a_template(net, partnership, monkeypatch):
    monkeypatch.setattr(document_templates, "_templates", dict(document_templates._templates))
    section = document_templates.Section("why", {"en": "Why"})
    document_templates.register(document_templates.DocumentTemplate("short", "Short", "One heading.", (section,)))
    made = start(net, partnership, template="short")
    assert [row["text"] for row in render.outline(state.current_tree(made.document))] == ["Why"]


@pytest.mark.parametrize(
    ("fields", "code"), [({"title": "  "}, "title"), ({"language": ""}, "language"), ({"template": "x"}, "template")]
)
def test_what_is_missing_is_said(net, partnership, fields, code):
    with pytest.raises(Invalid) as error:
        start(net, partnership, **fields)
    assert error.value.code == code
    assert not ModelDocument.objects.exists()
    assert not Document.objects.exists()


def test_sent_twice_makes_one(net, partnership):
    key = uuid.uuid4()
    assert start(net, partnership, request_id=key) == start(net, partnership, request_id=key)
    assert Document.objects.count() == 1


@pytest.mark.parametrize("who", ["baran", "rosa"])
def test_who_may_not_write_is_told_so(net, partnership, who):
    organisation = "kopru" if who == "baran" else "approdo"
    with pytest.raises(NotAllowed):
        start(net, partnership, who, organisation)
    with pytest.raises(NotAllowed):
        bring(net, partnership, fixture("volunteers.docx"), who, organisation)
    assert not Document.objects.exists()


def test_outside_there_is_nothing(net, partnership):
    with pytest.raises(Http404):
        start(net, partnership, "eleni", "kypseli")
    with pytest.raises(Http404):
        bring(net, partnership, fixture("volunteers.docx"), "eleni", "kypseli")


def test_import_of_the_docx(net, partnership):
    made = bring(net, partnership, fixture("volunteers.docx"))
    assert (made.document.title, made.document.language, made.template) == ("Kalan gönüllüler", "tr", "")
    assert [row["kind"] for row in made.import_report] == [
        "comment",
        "link",
        "deleted",
        "inserted",
        "text_box",
        "header_footer",
    ]
    tree = state.current_tree(made.document)
    (image,) = [block for block in tree["content"] if block["type"] == "image"]
    stored = DocumentImage.objects.get(document=made.document, uuid=image["attrs"]["image"])
    assert stored.file.space == partnership.space
    assert stored.file.content_type == "image/png"
    assert (stored.file.width, stored.file.height) == (120, 80)
    assert stored.file.uploaded_by == net.people["giulia"]
    keys = [block["attrs"].get("section") for block in tree["content"] if block["type"] == "heading"]
    assert keys == ["issue", "steps", None, "roles"]


def test_what_a_camera_wrote_beside_the_picture_is_not_kept(net, partnership):
    import base64
    import io

    from PIL import Image

    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (8, 8), "red").save(out, "JPEG", exif=exif)
    assert b"taken at home" in out.getvalue()
    picture = base64.b64encode(out.getvalue()).decode()
    made = bring(net, partnership, html(f'<html lang=en><p>a</p><img src="data:image/jpeg;base64,{picture}">'))
    with made.document.images.get().file.file.open("rb") as stored:
        assert b"taken at home" not in stored.read()


def test_import_of_the_html(net, partnership):
    made = bring(net, partnership, fixture("volunteers.html"), title="Our own title", language="it")
    assert (made.document.title, made.document.language) == ("Our own title", "it")
    assert made.document.images.count() == 1


@pytest.mark.udhr
def test_import_of_the_declaration(net, partnership):
    made = bring(net, partnership, declaration("eng"))
    outline = render.outline(state.current_tree(made.document))
    articles = [row["text"] for row in outline if row["text"].startswith("Article ")]
    assert articles == [f"Article {number}" for number in range(1, 31)]
    assert made.document.title == "Universal Declaration of Human Rights"
    assert made.import_report == []


def test_without_title_and_language_in_the_file(net, partnership):
    with pytest.raises(Invalid) as error:
        bring(net, partnership, html("<p>words</p>", "my_text.html"))
    assert error.value.code == "language"
    made = bring(net, partnership, html("<p>words</p>", "my_text.html"), language="el")
    assert (made.document.title, made.document.language) == ("my text", "el")


@pytest.mark.parametrize(("stated", "kept"), [("tr-TR", "tr"), ("EN_us", "en"), ("de-AT", "de")])
def test_languages_as_files_state_them(net, partnership, stated, kept):
    made = bring(net, partnership, html(f'<html lang="{stated}"><body><p>a</p></body></html>'))
    assert made.document.language == kept


@pytest.mark.parametrize(
    "upload",
    [
        lambda: ContentFile(docx_with()[:2000], name="broken.docx"),
        lambda: ContentFile(bomb(60 * 1024 * 1024 * 3), name="bomb.docx"),
        lambda: ContentFile(b"", name="empty.docx"),
        lambda: ContentFile(b"%PDF-1.7", name="text.pdf"),
        lambda: ContentFile(b"x" * (20 * 1024 * 1024 + 1), name="large.html"),
        lambda: html("<html lang=en><script>alert(1)</script>"),
        lambda: ContentFile(png(), name="picture.docx"),
    ],
)
def test_bad_files_leave_nothing_behind(net, partnership, upload, nothing_stored):
    with pytest.raises(Invalid) as error:
        bring(net, partnership, upload(), language="en")
    assert error.value.message.endswith(".")
    nothing_stored()


def test_a_failure_after_the_images_leaves_no_file(net, partnership, nothing_stored, monkeypatch):
    monkeypatch.setattr("wagtail_cse.coedit.actions.documents.CreateDocument.MAX_STATE", 10)
    with pytest.raises(Invalid) as error:
        bring(net, partnership, fixture("volunteers.docx"))
    assert error.value.code == "size"
    nothing_stored()


def test_importing_twice_stores_one(net, partnership):
    key = uuid.uuid4()
    first = bring(net, partnership, fixture("volunteers.docx"), request_id=key)
    assert bring(net, partnership, fixture("volunteers.docx"), request_id=key) == first
    assert PrivateFile.objects.count() == 1


def test_a_file_written_on_our_template_has_its_sections_again(net, partnership, model_document):
    from wagtail_cse.modeldocs.exporting import edition, write_docx

    tree = state.current_tree(model_document.document)
    for number, block in enumerate(tree["content"]):
        if block["type"] == "paragraph":
            block["content"] = [{"type": "text", "text": f"words {number}"}]
    data = write_docx(edition(model_document, None, tree))
    made = bring(net, partnership, ContentFile(data, name="again.docx"))
    again = state.current_tree(made.document)
    assert comparable(again) == comparable(tree)
    assert [block["attrs"].get("section") for block in again["content"] if block["type"] == "heading"] == KEYS


def test_rename(net, model_document):
    version = FreezeVersionOf(net, model_document)
    RenameModelDocument(
        actor=net.actor("defne", "kopru"), model_document=model_document, title=" New name ", language="tr"
    ).execute()
    model_document.document.refresh_from_db()
    version.refresh_from_db()
    assert (model_document.document.title, model_document.document.language) == ("New name", "tr")
    assert (version.title, version.language) == ("After the first month", "en")
    entry = ModelLogEntry.objects.get(action="cse.modeldocs.rename")
    assert entry.data["old"] == {"title": "After the first month", "language": "en"}


def FreezeVersionOf(net, model_document):
    return FreezeVersion(actor=net.actor("defne", "kopru"), document=model_document.document).execute()


def test_rename_after_somebody_else(net, model_document):
    def rename(title, seen):
        RenameModelDocument(
            actor=net.actor("giulia", "approdo"), model_document=model_document, title=title, seen_title=seen
        ).execute()

    rename("Second", "After the first month")
    with pytest.raises(Stale) as error:
        rename("Third", "After the first month")
    assert "“Second”" in error.value.message
    rename("Second", "After the first month")
    model_document.document.refresh_from_db()
    assert model_document.document.title == "Second"


@pytest.mark.parametrize("who", ["baran", "rosa"])
def test_rename_needs_the_right_to_write(net, model_document, who):
    with pytest.raises(NotAllowed):
        RenameModelDocument(actor=net.actor(who), model_document=model_document, title="x").execute()


def test_before_signing(net, model_document):
    tree = state.current_tree(model_document.document)
    items = before_signing(model_document)
    assert items[0].text == "Written so far: 0 of 9 sections"
    assert [item.text for item in items[1:3]] == ["“Issue” is still empty", "“Context” is still empty"]
    assert items[1].hint.startswith("Which problem do both of you have")
    assert items[1].anchor == f"b-{tree['content'][0]['attrs']['bid']}"
    assert (items[-1].text, items[-1].done) == ("No comment is open", True)
    for block in tree["content"]:
        if block["type"] == "paragraph":
            block["content"] = [{"type": "text", "text": "words"}]
    tree["content"][1]["content"] = [{"type": "text", "text": "  "}]
    items = before_signing(model_document, tree)
    assert [item.text for item in items] == [
        "Written so far: 8 of 9 sections",
        "“Issue” is still empty",
        "No comment is open",
    ]


def test_open_comments_count(net, model_document):
    from wagtail_cse.coedit.models import Thread

    for number in range(2):
        Thread.objects.create(document=model_document.document, start=b"", end=b"", quote=f"words {number}")
    assert before_signing(model_document)[-1].text == "2 comments are open"


def test_sections_of_a_text_without_keys():
    from wagtail_cse.coedit.tree import doc, node

    tree = doc(
        node("heading", "A", level=2),
        node("paragraph", "words"),
        node("heading", "B", level=2),
        node("heading", "B1", level=3),
        node("table", node("table_row", node("table_cell", node("paragraph", "x")))),
        node("heading", "C", level=2),
        node("horizontal_rule"),
        node("heading", "D", level=2),
        node("image", image=str(uuid.uuid4()), alt="", caption="", decorative=True),
    )
    assert [(one.title, one.empty) for one in sections(tree)] == [
        ("A", False),
        ("B", False),
        ("C", True),
        ("D", False),
    ]
