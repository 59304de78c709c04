"""The screens around the draft, in the browser's eyes."""

from __future__ import annotations

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document as open_docx

from tests.modeldocs.files import FIXTURES, bomb
from wagtail_cse.coedit import state
from wagtail_cse.coedit.actions import NameVersion
from wagtail_cse.coedit.edit import update_blocks
from wagtail_cse.coedit.log import append
from wagtail_cse.coedit.models import Document, Version
from wagtail_cse.modeldocs.drafting import StartModelDocument
from wagtail_cse.modeldocs.models import ModelDocument


def url(name, *args, language="en"):
    from django.utils import translation

    with translation.override(language):
        return reverse(f"cse_modeldocs:{name}", args=args)


def write(net, model_document, who, organisation, words):
    """Replace the text of the first paragraph, as an edit of that person."""
    document = model_document.document
    before = state.current(document)
    tree = state.tree.from_state(before)
    paragraph = next(block for block in tree["content"] if block["type"] == "paragraph")
    paragraph["content"] = [{"type": "text", "text": words}]
    actor = net.actor(who, organisation)
    append(document, update_blocks(before, tree), user=actor.user, party=actor.party)


def keep(net, model_document, name, who="defne", organisation="kopru"):
    return NameVersion(actor=net.actor(who, organisation), document=model_document.document, name=name).execute()


def test_starting_in_the_browser(sign_in, partnership):
    client = sign_in("giulia")
    page = client.get(url("start", partnership.uuid)).content.decode()
    assert 'lang="en"' in page
    data = {"title": "Gönüllüler", "language": "tr", "template": "model", "request_id": str(uuid.uuid4())}
    made = client.post(url("start", partnership.uuid), data)
    model_document = ModelDocument.objects.get()
    assert (made.status_code, made["Location"]) == (302, url("edit", model_document.uuid))
    assert client.post(url("start", partnership.uuid), data)["Location"] == made["Location"]
    assert Document.objects.count() == 1
    page = client.get(made["Location"]).content.decode()
    assert "Gönüllüler" in page
    assert "Nasıl uyarlanır?" in page
    assert "“Sorun” is still empty" in page


def test_what_was_typed_is_still_there(sign_in, partnership):
    data = {"title": "x" * 256, "language": "tr", "template": "model", "request_id": "not one"}
    answer = sign_in("giulia").post(url("start", partnership.uuid), data)
    assert answer.status_code == 422
    assert "x" * 256 in answer.content.decode()
    assert '<option value="tr" selected>' in answer.content.decode()
    assert not Document.objects.exists()


def test_importing_in_the_browser(sign_in, partnership):
    client = sign_in("giulia")
    data = {
        "file": SimpleUploadedFile("volunteers.docx", (FIXTURES / "volunteers.docx").read_bytes()),
        "request_id": str(uuid.uuid4()),
    }
    answer = client.post(url("import", partnership.uuid), data)
    model_document = ModelDocument.objects.get()
    assert answer["Location"] == url("imported", model_document.uuid)
    page = client.get(answer["Location"]).content.decode()
    assert "1 tracked deletion was applied: the deleted words were left out." in page
    assert "Kimse ilk gün yalnız kalmamalı." in page
    image = model_document.document.images.get()
    source = reverse("cse_coedit:image", args=[model_document.document.uuid, image.uuid])
    assert f'src="{source}"' in page
    assert client.get(source)["Content-Type"] == "image/png"
    turkish = client.get(url("imported", model_document.uuid, language="tr")).content.decode()
    assert "1 izlenen silme uygulandı: silinen sözcükler alınmadı." in turkish


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("bomb.docx", lambda: bomb(), "This file unpacks to far more than a text of its size. It was not opened."),
        ("broken.docx", lambda: b"PK\x03\x04nothing", "This Word file is damaged and cannot be read."),
        ("text.pdf", lambda: b"%PDF-1.7", "Only Word documents (.docx) and web pages (.html) can be imported."),
        ("empty.docx", lambda: b"", "This file is empty."),
        ("large.html", lambda: b"<" * (20 * 1024 * 1024 + 1), "This file is too large: at most 20 MB are possible."),
    ],
)
def test_a_bad_file_is_refused_in_words(sign_in, partnership, nothing_stored, name, data, sentence):
    sent = {"file": SimpleUploadedFile(name, data()), "title": "Our title", "request_id": str(uuid.uuid4())}
    answer = sign_in("giulia").post(url("import", partnership.uuid), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="Our title"' in page
    nothing_stored()


def test_an_observer_reads_and_is_offered_nothing_else(sign_in, model_document):
    client = sign_in("rosa")
    assert client.get(url("edit", model_document.uuid))["Location"] == url("read", model_document.uuid)
    page = client.get(url("read", model_document.uuid)).content.decode()
    assert "After the first month" in page
    assert "Write together" not in page
    assert url("rename", model_document.uuid) not in page
    assert url("download", model_document.uuid, "docx") in page
    versions = client.get(url("versions", model_document.uuid)).content.decode()
    assert "Keep this version" not in versions


def test_a_commenter_opens_the_editor_without_writing(sign_in, model_document):
    page = sign_in("baran").get(url("edit", model_document.uuid)).content.decode()
    assert "You can read and comment, not write" in page
    assert url("rename", model_document.uuid) not in page


def test_the_editor_page_says_what_is_missing(sign_in, model_document):
    page = sign_in("defne").get(url("edit", model_document.uuid)).content.decode()
    assert "Written so far: 0 of 9 sections" in page
    assert url("signoff-open", model_document.uuid) in page
    assert url("versions", model_document.uuid) in page
    assert "Model document · draft in English" in page


def test_renaming_in_the_browser(sign_in, model_document):
    client = sign_in("giulia")
    seen = "After the first month"
    first = client.post(
        url("rename", model_document.uuid), {"title": "Second", "language": "tr", "seen_title": seen}, follow=True
    )
    assert "Title and language are saved." in first.content.decode()
    late = client.post(url("rename", model_document.uuid), {"title": "Third", "language": "tr", "seen_title": seen})
    page = late.content.decode()
    assert late.status_code == 422
    assert "it is called “Second” now" in page
    assert 'value="Third"' in page
    again = client.post(
        url("rename", model_document.uuid), {"title": "Third", "language": "tr", "seen_title": "Second"}
    )
    assert again.status_code == 302


def test_naming_a_version(net, sign_in, model_document):
    client = sign_in("giulia")
    data = {"name": "After İzmir", "note": "Read aloud."}
    page = client.post(url("versions", model_document.uuid), data, follow=True).content.decode()
    assert "Version 1, “After İzmir”, is kept." in page
    assert "Read aloud." in page
    page = client.post(url("versions", model_document.uuid), data, follow=True).content.decode()
    assert "This version has already been kept under this name." in page
    assert Version.objects.count() == 1
    empty = client.post(url("versions", model_document.uuid), {"name": " ", "note": "typed"})
    assert empty.status_code == 422
    assert "typed" in empty.content.decode()


def test_reading_a_version(net, sign_in, model_document):
    write(net, model_document, "giulia", "approdo", "As it was.")
    keep(net, model_document, "First")
    write(net, model_document, "giulia", "approdo", "As it is.")
    page = sign_in("rosa").get(url("version", model_document.uuid, 1)).content.decode()
    assert "As it was." in page
    assert "As it is." not in page
    assert "Köprü Derneği" in page


def test_restoring(net, sign_in, model_document):
    write(net, model_document, "giulia", "approdo", "As it was.")
    keep(net, model_document, "First")
    write(net, model_document, "giulia", "approdo", "As it is.")
    client = sign_in("defne")
    page = client.get(url("restore", model_document.uuid, 1)).content.decode()
    assert "The draft as it is now is kept first" in page
    page = client.post(url("restore", model_document.uuid, 1), follow=True).content.decode()
    assert "The draft reads like version 1 now. What stood there before is kept as version 2." in page
    assert "Before an earlier version was restored" in page
    read = client.get(url("read", model_document.uuid)).content.decode()
    assert "As it was." in read
    assert "As it is." in client.get(url("version", model_document.uuid, 2)).content.decode()
    again = client.post(url("restore", model_document.uuid, 1), follow=True).content.decode()
    assert "The draft reads like version 1 already. Nothing was changed." in again
    assert Version.objects.count() == 2
    assert "There is nothing to take back." in client.get(url("restore", model_document.uuid, 1)).content.decode()


def test_comparing(net, sign_in, model_document):
    write(net, model_document, "giulia", "approdo", "Newcomers do nothing alone for six weeks.")
    keep(net, model_document, "First")
    write(net, model_document, "defne", "kopru", "Newcomers do nothing alone for eight weeks.")
    client = sign_in("rosa")
    page = client.get(url("compare", model_document.uuid)).content.decode()
    assert "What changed since version 1" in page
    assert "1 section changed, 8 sections are as they were." in page
    colour = net.organisations["kopru"].colour
    assert f'<ins class="cse-ins cse-c{colour}"><span class="cse-sr">[added: </span>eight<' in page
    assert f'<del class="cse-del cse-c{colour}"><span class="cse-sr">[deleted: </span>six<' in page
    assert "<b>Köprü Derneği</b> · Defne Aydın" in page
    assert "Giulia" not in page
    one = client.get(url("compare", model_document.uuid) + "?show=one").content.decode()
    assert "cse-diff__cols" not in one
    who = client.get(url("compare", model_document.uuid) + "?show=who").content.decode()
    assert "<ins" not in who
    assert "Defne Aydın" in who


def test_comparing_two_versions_in_any_order(net, sign_in, model_document):
    for number in (1, 2):
        write(net, model_document, "giulia", "approdo", f"words number {number}")
        keep(net, model_document, f"Name {number}")
    client = sign_in("rosa")
    for query in ("?old=1&new=2", "?old=2&new=1"):
        page = client.get(url("compare", model_document.uuid) + query).content.decode()
        assert "What changed from version 1 to version 2" in page
        assert ">2<span" in page
    same = client.get(url("compare", model_document.uuid) + "?old=2&new=2").content.decode()
    assert "Nothing changed: both read the same." in same


@pytest.mark.parametrize(
    "query", ["?old=x", "?old=-1", "?old=²", "?old=99", "?new=99999999999999999999", "?old=draft"]
)
def test_addresses_that_name_no_version(net, sign_in, model_document, query):
    keep(net, model_document, "First")
    answer = sign_in("rosa").get(url("compare", model_document.uuid) + query)
    assert answer.status_code == (200 if query == "?old=draft" else 404)


def test_comparing_without_a_version(sign_in, model_document):
    page = sign_in("rosa").get(url("compare", model_document.uuid)).content.decode()
    assert "No version has been kept yet" in page


def test_downloads(net, sign_in, model_document):
    write(net, model_document, "giulia", "approdo", "As it was.")
    keep(net, model_document, "First")
    write(net, model_document, "giulia", "approdo", "As it is.")
    client = sign_in("rosa")
    draft = client.get(url("download", model_document.uuid, "docx"))
    assert draft["Content-Disposition"] == 'attachment; filename="After-the-first-month.docx"'
    assert draft["Cache-Control"].startswith("max-age=0")
    words = [p.text for p in open_docx(io.BytesIO(draft.content)).paragraphs]
    assert "As it is." in words
    assert "Approdo Comune · Köprü Derneği" in words
    version = client.get(url("version-download", model_document.uuid, 1, "html")).content.decode()
    assert "As it was." in version
    assert "Version 1, “First”, " in version
    paper = client.get(url("version-print", model_document.uuid, 1)).content.decode()
    assert "As it was." in paper
    assert "<script" not in paper


def test_the_workspace_shows_the_document(net, sign_in, partnership, model_document):
    keep(net, model_document, "After İzmir")
    for name in ("giulia", "rosa"):
        page = sign_in(name).get(url("list", partnership.uuid)).content.decode()
        assert "After the first month" in page
        assert "Last named version: 1, “After İzmir”" in page
        assert "Not signed by anyone yet" in page
        assert ("Write together" in page) is (name == "giulia")
        assert ("Start another one" in page) is (name == "giulia")


def test_an_empty_workspace_says_what_to_do(sign_in, partnership):
    page = sign_in("giulia").get(url("list", partnership.uuid)).content.decode()
    assert "No model document yet" in page
    assert url("start", partnership.uuid) in page
    overview = (
        sign_in("giulia")
        .get(reverse("cse_partnerships:workspace", args=[partnership.uuid]), follow=True)
        .content.decode()
    )
    assert "Start the model document" in overview


@pytest.mark.parametrize("name", ["edit", "read", "versions", "compare", "print", "rename", "imported"])
def test_outside_is_the_same_as_nowhere(sign_in, model_document, name):
    client = sign_in("eleni")
    inside, nowhere = client.get(url(name, model_document.uuid)), client.get(url(name, uuid.uuid4()))
    assert (inside.status_code, nowhere.status_code) == (404, 404)
    assert inside.content == nowhere.content


def queries(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_lists_need_the_same_queries_for_two_and_twenty(net, sign_in, partnership, model_document):
    client = sign_in("giulia")
    addresses = [
        url("list", partnership.uuid),
        url("versions", model_document.uuid),
        url("compare", model_document.uuid) + "?old=1&new=2",
    ]

    def more(number):
        for index in range(number):
            made = StartModelDocument(
                actor=net.actor("giulia", "approdo"), partnership=partnership, title=f"Text {index}", language="en"
            ).execute()
            keep(net, made, "Kept")
            who, organisation = (("giulia", "approdo"), ("defne", "kopru"))[index % 2]
            write(net, model_document, who, organisation, f"words {index}")
            keep(net, model_document, f"Name {number} {index}")

    more(2)
    before = [queries(client, address) for address in addresses]
    more(18)
    addresses[2] = url("compare", model_document.uuid) + "?old=1&new=20"
    assert [queries(client, address) for address in addresses] == before
