"""Profile pages and the directory, through the page types of `wagtail_cse.pages`."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from PIL import Image
from wagtail.models import Locale, Page

from wagtail_cse.access.actors import Actor
from wagtail_cse.members.actions import ReactivateOrganisation, SuspendOrganisation, UpdateOrganisation
from wagtail_cse.members.models import Organisation
from wagtail_cse.members.profiles import make_profile, profile_in
from wagtail_cse.pages import setup

TEXTS = {
    "intro": "A neighbourhood centre in İzmir.",
    "mission": "Our door opens at ten.\n\n- Turkish classes\n- **Letters** explained",
    "themes": "volunteers, language",
    "target_groups": "refugees, neighbours",
    "offers": "A women's group\nLetters",
    "needs": "Somebody who knows donors",
    "contact_note": "Knock at the blue door.",
}


@pytest.fixture
def site(db):
    """The sections in English and Turkish."""
    root = Page.objects.get(depth=2)
    turkish, _created = Locale.objects.get_or_create(language_code="tr")
    root.copy_for_translation(turkish).save_revision().publish()
    while items := setup.missing():
        setup.create(items[0], None)


@pytest.fixture
def world(site, network):
    return network


def edit_url(network, language="en"):
    with translation.override(language):
        return reverse("cse_members:profile-edit", kwargs={"slug": network.kopru.slug})


def png(size=(40, 20)):
    out = io.BytesIO()
    Image.new("RGB", size, "navy").save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue(), content_type="image/png")


def test_admission_makes_a_profile_page_in_the_language_asked_for(world):
    yeni = world.organisation("Yeni Dernek", profile_language="tr")
    page = profile_in(yeni, "tr")
    assert (page.title, page.slug, page.live) == ("Yeni Dernek", "yeni-dernek", True)
    assert page.get_parent().specific.__class__.__name__ == "DirectoryPage"
    answer = Client().get(page.url)
    assert answer.status_code == 200
    assert "Yeni Dernek" in answer.content.decode()


def test_without_sections_an_organisation_is_complete_without_a_page(network):
    yeni = network.organisation("Yeni Dernek", profile_language="tr")
    assert profile_in(yeni, "tr") is None
    answer = network.client(network.owner).post(edit_url(network), TEXTS)
    assert "This site has no section for profiles in this language yet." in answer.content.decode()
    assert "Knock at the blue door." in answer.content.decode()


def test_owners_and_editors_write_the_profile_in_place(world):
    for user, status in ((world.representative, 403), (world.stranger, 404), (world.editor, 200)):
        assert world.client(user).get(edit_url(world)).status_code == status
    client = world.client(world.editor)
    answer = client.post(edit_url(world), TEXTS)
    page = profile_in(world.kopru, "en")
    assert (answer.status_code, answer.url) == (302, page.get_url())
    assert page.mission == (
        "<p>Our door opens at ten.</p><ul><li>Turkish classes</li><li><b>Letters</b> explained</li></ul>"
    )
    assert page.latest_revision.user == world.editor
    html = Client().get(page.url).content.decode()
    for text in (
        "A neighbourhood centre in İzmir.",
        "<li>Turkish classes</li>",
        "Knock at the blue door.",
        "We can show",
    ):
        assert text in html
    assert "You look after this page." not in html
    assert "You look after this page." in client.get(page.url).content.decode()
    assert "nihal" not in html.lower()


def test_each_language_has_its_own_page(world):
    client = world.client(world.owner)
    client.post(edit_url(world), TEXTS)
    turkish = client.get(edit_url(world, "tr"))
    assert "Profil şu dillerde var: English." in turkish.content.decode()
    assert "Knock at the blue door." not in turkish.content.decode()
    client.post(edit_url(world, "tr"), {**TEXTS, "intro": "İzmir'de bir mahalle merkezi.", "contact_note": ""})
    english, other = profile_in(world.kopru, "en"), profile_in(world.kopru, "tr")
    assert english.translation_key == other.translation_key
    assert english.intro == "A neighbourhood centre in İzmir."
    assert (other.intro, other.contact_note) == ("İzmir'de bir mahalle merkezi.", "")
    assert other.url.startswith("/tr/")
    assert f'hreflang="tr" href="http://localhost{other.url}"' in Client().get(english.url).content.decode()


def test_sent_twice_and_stale(world):
    client = world.client(world.owner)
    client.post(edit_url(world), TEXTS)
    page = profile_in(world.kopru, "en")
    base = client.get(edit_url(world)).context["form"]["base"].value()
    assert base == page.latest_revision_id
    client.post(edit_url(world), {**TEXTS, "base": base})
    assert profile_in(world.kopru, "en").latest_revision_id == base
    world.client(world.editor).post(edit_url(world), {**TEXTS, "intro": "Changed by Baran", "base": base})
    answer = client.post(edit_url(world), {**TEXTS, "intro": "Changed by Nihal", "base": base})
    assert answer.status_code == 409
    assert "Somebody else saved this profile while you were writing." in answer.content.decode()
    assert "Changed by Nihal" in answer.content.decode()
    assert profile_in(world.kopru, "en").intro == "Changed by Baran"


def test_a_text_from_the_admin_is_not_flattened_by_saving_something_else(world):
    page = make_profile(world.kopru, "en", world.secretary, mission='<p data-block-key="abc12">One <b>two</b></p>')
    client = world.client(world.owner)
    form = client.get(edit_url(world)).context["form"]
    data = {name: form[name].value() for name in TEXTS}
    client.post(edit_url(world), {**data, "intro": "New", "base": form["base"].value()})
    page.refresh_from_db()
    assert page.mission == '<p data-block-key="abc12">One <b>two</b></p>'
    assert page.intro == "New"


def test_a_logo_comes_and_goes(world, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    client = world.client(world.owner)
    client.post(edit_url(world), {**TEXTS, "logo": png()})
    page = profile_in(world.kopru, "en")
    assert page.logo.title == "Köprü Derneği"
    assert "cse-mark-logo" in Client().get(page.url).content.decode()
    client.post(edit_url(world), {**TEXTS, "remove_logo": "on", "base": page.latest_revision_id})
    assert profile_in(world.kopru, "en").logo is None


def test_where_the_picture_of_a_logo_was_taken_is_not_kept(world, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    exif.get_ifd(0x8825).update({1: "N", 2: (38.0, 25.0, 7.0), 29: "2026:01:02"})
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "navy").save(out, "JPEG", exif=exif)
    photo = SimpleUploadedFile("logo.jpg", out.getvalue(), content_type="image/jpeg")
    world.client(world.owner).post(edit_url(world), {**TEXTS, "logo": photo})
    with profile_in(world.kopru, "en").logo.file.open() as stored:
        data = stored.read()
    assert b"SECRET" in out.getvalue()
    assert b"SECRET" not in data
    assert b"2026:01:02" not in data


def test_a_damaged_logo_is_told_and_the_text_stays(world, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    out = io.BytesIO()
    Image.effect_noise((60, 60), 50).save(out, "JPEG")
    torn = SimpleUploadedFile("logo.jpg", out.getvalue()[:-600], content_type="image/jpeg")
    html = world.client(world.owner).post(edit_url(world), {**TEXTS, "logo": torn}).content.decode()
    assert "This file is not an image that we can read. Choose a PNG or JPEG file." in html
    assert "Knock at the blue door." in html
    assert profile_in(world.kopru, "en") is None


def test_bad_logos_say_what_to_do_and_keep_the_text(world, settings):
    settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE = 500
    client = world.client(world.owner)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    bad = {
        "Choose an image file, for example PNG or JPEG.": SimpleUploadedFile("logo.svg", svg),
        "This image is too large. Choose one with fewer bytes.": SimpleUploadedFile("big.png", b"0" * 1000),
        "This file is not an image that we can read. Choose a PNG or JPEG file.": SimpleUploadedFile("x.png", b"no"),
    }
    for sentence, logo in bad.items():
        html = client.post(edit_url(world), {**TEXTS, "logo": logo}).content.decode()
        assert sentence in html
        assert "Knock at the blue door." in html
    assert profile_in(world.kopru, "en") is None


def test_a_new_name_reaches_the_page(world):
    page = make_profile(world.kopru, "en", world.secretary)
    UpdateOrganisation(actor=Actor(world.secretary), organisation=world.kopru, name="Köprü Vakfı").execute()
    page.refresh_from_db()
    assert page.title == "Köprü Vakfı"


def test_a_suspension_takes_the_pages_away_and_a_reactivation_brings_back_what_was_there(world):
    page = make_profile(world.kopru, "en", world.secretary)
    draft = make_profile(world.kopru, "tr", world.secretary, live=False)
    SuspendOrganisation(actor=Actor(world.secretary), organisation=world.kopru, reason="x").execute()
    assert Client().get(page.url).status_code == 404
    assert "Köprü" not in Client().get("/en/cse/organisations/").content.decode()
    world.kopru.refresh_from_db()
    ReactivateOrganisation(actor=Actor(world.secretary), organisation=world.kopru).execute()
    page.refresh_from_db()
    draft.refresh_from_db()
    assert (page.live, draft.live) == (True, False)
    assert Client().get(page.url).status_code == 200


def test_a_suspended_organisation_has_no_page_even_if_somebody_publishes_it(world):
    page = make_profile(world.kopru, "en", world.secretary)
    Organisation.objects.filter(pk=world.kopru.pk).update(status="suspended")
    assert Client().get(page.url).status_code == 404


@pytest.fixture
def filled(world):
    make_profile(world.kopru, "en", world.secretary, intro="A neighbourhood centre.")
    make_profile(world.approdo, "en", world.secretary, intro="A harbour.")
    world.organisation("Gizli Dernek")
    return world


def shown(query="", language="en"):
    answer = Client().get(f"/{language}/cse/organisations/{query}")
    return [card["organisation"].name for card in answer.context["organisations"]]


def test_the_directory_shows_members_with_a_public_profile(filled):
    assert shown() == ["Approdo Comune", "Köprü Derneği"]
    assert shown("?side=tr") == ["Köprü Derneği"]
    assert shown("?country=IT") == ["Approdo Comune"]
    assert shown("?language=ar&language=en") == ["Approdo Comune", "Köprü Derneği"]
    assert shown("?language=ar") == ["Köprü Derneği"]
    assert shown("?q=köprü") == ["Köprü Derneği"]
    assert shown("?q=nothing") == []
    assert shown("?side=tr&side=eu&country=XX") == ["Approdo Comune", "Köprü Derneği"]


def test_counts_of_a_facet_do_not_shrink_by_its_own_choice(filled):
    context = Client().get("/en/cse/organisations/?side=tr").context
    counts = {
        facet["name"]: {option["value"]: option["count"] for option in facet["options"]}
        for facet in context["facets"]
    }
    assert counts == {"side": {"tr": 1, "eu": 1}, "country": {"TR": 1}, "language": {"tr": 1, "ar": 1}}


def test_a_private_profile_is_not_in_the_directory(filled):
    from wagtail.models import PageViewRestriction

    page = profile_in(filled.kopru, "en")
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert shown() == ["Approdo Comune"]


def test_the_section_page_shows_the_same_list(filled):
    page = profile_in(filled.kopru, "en").get_parent().specific
    answer = Client().get(page.url)
    assert [card["organisation"].name for card in answer.context["organisations"]] == [
        "Approdo Comune",
        "Köprü Derneği",
    ]
    answer = Client().get("/en/cse/organisations/")
    assert f'<link rel="canonical" href="http://localhost{page.url}">' in answer.content.decode()


def test_the_other_language_falls_back_to_the_page_there_is_and_says_its_language(filled):
    html = Client().get("/tr/cse/organisations/").content.decode()
    assert '<p class="cse-ui" lang="en">A neighbourhood centre.</p>' in html


def test_the_directory_asks_the_database_as_often_for_many_as_for_few(world):
    def grow(number):
        for index in range(number):
            organisation = world.organisation(f"Dernek {index} {number}")
            for language in ("en", "tr"):
                make_profile(organisation, language, world.secretary)

    def queries():
        Client().get("/en/cse/organisations/")
        with CaptureQueriesContext(connection) as captured:
            Client().get("/en/cse/organisations/")
        return len(captured)

    grow(2)
    few = queries()
    grow(18)
    assert queries() == few
    assert few <= 25
