"""Publication: only what is signed, exactly what is signed, and again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from wagtail.models import Page

from tests import factories
from tests.modeldocs.files import fixture
from tests.modeldocs.test_signing import open_signoff, sign, write
from tests.partnerships import world
from wagtail_cse.core.exceptions import AlreadyDone, Invalid
from wagtail_cse.modeldocs.drafting import ImportModelDocument
from wagtail_cse.modeldocs.models import Publication, PublishedImage, SignOff
from wagtail_cse.modeldocs.publication import Publish
from wagtail_cse.pages.models import ModelPage


@pytest.fixture
def signed(net, model_document):
    """A version that both partners have signed."""
    world.may_sign(net, "defne", "kopru")
    world.may_sign(net, "rosa", "approdo")
    write(model_document, "We ask forty people by name.")
    return sign_all(net, model_document)


def sign_all(net, model_document):
    signoff = open_signoff(net, model_document)
    sign(net, signoff, "defne", "kopru")
    sign(net, signoff, "rosa", "approdo")
    return SignOff.objects.get(pk=signoff.pk)


def publish(net, signoff, name="defne", organisation="kopru", **values):
    values = {"licence": "cc-by-sa-4.0", "summary": "How forty people pay a rent.", **values}
    return Publish(actor=net.actor(name, organisation), signoff=signoff, **values).execute()


def test_a_signed_version_becomes_a_public_page(net, signed, client):
    publication = publish(net, signed)
    page = ModelPage.objects.get()
    assert publication.page_id == page.pk
    assert page.live is True
    assert page.get_view_restrictions().exists() is False
    html = client.get(page.url).content.decode()
    assert "We ask forty people by name." in html
    assert "Creative Commons Attribution-ShareAlike 4.0" in html
    for words in (
        "Köprü Derneği",
        "Defne Aydın",
        "Approdo Comune",
        "Rosa Carofiglio",
        "How forty people pay a rent.",
    ):
        assert words in html
    assert "This page differs from the text that was signed." not in html
    # Now everybody may check it.
    assert client.get(f"/en/cse/verify/{signed.uuid}/").status_code == 200


def test_half_signed_is_not_published(net, model_document):
    world.may_sign(net, "defne", "kopru")
    world.may_sign(net, "rosa", "approdo")
    write(model_document, "words")
    signoff = open_signoff(net, model_document)
    sign(net, signoff, "defne", "kopru")
    with pytest.raises(Invalid):
        publish(net, signoff)
    assert not Page.objects.type(ModelPage).exists()


def test_publishing_is_a_right_of_its_own(net, signed):
    with pytest.raises(PermissionDenied):
        publish(net, signed, "giulia", "approdo")  # an editor
    with pytest.raises(Http404):
        publish(net, signed, "eleni", "kypseli")
    assert not Publication.objects.exists()


def test_a_text_that_was_tampered_with_is_not_published(net, signed):
    version = signed.version
    version.title = "Another title"
    version.save()
    with pytest.raises(Invalid):
        publish(net, signed)


def test_twice_is_once(net, signed):
    publish(net, signed)
    with pytest.raises(AlreadyDone):
        publish(net, signed)
    assert Publication.objects.count() == 1


def test_the_next_version_is_a_revision_of_the_same_page_with_stable_block_ids(net, model_document, signed, client):
    publish(net, signed)
    first = ModelPage.objects.get()
    before = {block.id: block.block_type for block in first.body}
    revisions = first.revisions.count()
    write_second(model_document)
    publish(net, sign_all(net, model_document))
    page = ModelPage.objects.get()
    assert page.pk == first.pk
    assert page.revisions.count() == revisions + 1
    after = [block.id for block in page.body]
    assert [pk for pk in after if pk in before] == list(before)
    assert len(after) == len(before) + 1
    assert "Version 2, signed by all partners" in client.get(page.url).content.decode()


def write_second(model_document):
    from pycrdt import XmlElement, XmlText

    from wagtail_cse.coedit import log, state, tree

    document = model_document.document
    document.refresh_from_db()
    ydoc = tree.load(state.current(document))
    before = ydoc.get_state()
    paragraph = tree.root(ydoc).children.append(XmlElement("paragraph", {"bid": "e" * 32}))
    paragraph.children.append(XmlText("And we open the books."))
    log.append(document, ydoc.get_update(before), user=None, party=None)
    document.refresh_from_db()


def test_the_body_is_read_only_in_the_admin(net, signed, client):
    publish(net, signed)
    page = ModelPage.objects.get()
    client.force_login(factories.superuser())
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = client.get(edit).context["form"]
    assert "body" not in form.fields
    client.post(
        edit,
        {
            "title": page.title,
            "slug": page.slug,
            "summary": "New summary",
            "body-count": "0",
            "action-publish": "1",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
        },
    )
    page = ModelPage.objects.get()
    assert page.summary == "New summary"
    assert page.body_is_signed is True


def test_a_page_that_differs_all_the_same_says_so(net, signed, client):
    publish(net, signed)
    page = ModelPage.objects.get()
    raw = [dict(block) for block in page.body.raw_data]
    raw[-1]["value"] = "<p>We ask fifty people by name.</p>"
    page.body = page.body.stream_block.to_python(raw)
    page.save()
    html = client.get(page.url).content.decode()
    assert "This page differs from the text that was signed. Rely on the signed text only." in html


def test_what_becomes_public_is_said_before(net, signed, sign_in):
    html = sign_in("defne").get(f"/en/cse/sign-off/{signed.uuid}/publish/").content.decode()
    for sentence in (
        "The title: “After the first month”.",
        "The names of the organisations that signed: Köprü Derneği, Approdo Comune.",
        "The names and functions of the people who signed for them: Defne Aydın, Rosa Carofiglio.",
    ):
        assert sentence in html
    refused = sign_in("defne").post(
        f"/en/cse/sign-off/{signed.uuid}/publish/", {"licence": "cc-by-4.0", "summary": "typed and kept"}
    )
    assert refused.status_code == 422
    assert "typed and kept" in refused.content.decode()
    done = sign_in("defne").post(
        f"/en/cse/sign-off/{signed.uuid}/publish/",
        {"licence": "cc-by-4.0", "summary": "Two sentences.", "seen": "on"},
    )
    assert done.status_code == 302
    assert done["Location"].endswith(ModelPage.objects.get().url)


def test_images_become_public_copies_and_stay_the_same(net, partnership, client):
    world.may_sign(net, "defne", "kopru")
    world.may_sign(net, "rosa", "approdo")
    document = ImportModelDocument(
        actor=net.actor("giulia", "approdo"), partnership=partnership, upload=fixture("volunteers.html")
    ).execute()
    publish(net, sign_all(net, document))
    image = PublishedImage.objects.get().image_id
    html = client.get(ModelPage.objects.get().url).content.decode()
    assert "<figure>" in html
    assert "cse/coedit/" not in html
    write_second(document)
    publish(net, sign_all(net, document))
    assert PublishedImage.objects.get().image_id == image


def test_the_workspace_says_what_is_public(net, signed, sign_in):
    page = signed.model_document.partnership.page
    assert "Nothing yet. When a signed version is published" in sign_in("rosa").get(page.url).content.decode()
    publish(net, signed)
    html = sign_in("rosa").get(page.url).content.decode()
    assert "Version 1, public since" in html
    assert "Nothing yet. When a signed version" not in html


def test_found_in_the_search_by_everybody_the_draft_by_partners_only(net, signed, client, sign_in):
    publish(net, signed)
    html = client.get("/en/cse/search/", {"q": "forty people"}).content.decode()
    assert "After the" in html
    assert ModelPage.objects.get().url in html
    assert "draft" not in html.lower().split("</header>")[-1].split("<footer")[0]
    html = sign_in("rosa").get("/en/cse/search/", {"q": "forty people"}).content.decode()
    assert "Model document, draft" in html
    html = sign_in("eleni").get("/en/cse/search/", {"q": "forty people"}).content.decode()
    assert "Model document, draft" not in html
