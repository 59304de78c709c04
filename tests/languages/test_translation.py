"""From an English page to a whole Turkish one, and never half a page on the way."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from tests import factories
from tests.languages.conftest import body
from wagtail_cse.access.actors import Actor
from wagtail_cse.core.exceptions import Invalid
from wagtail_cse.languages import actions
from wagtail_cse.languages.ancestors import section_of, translate_section
from wagtail_cse.pages.models import ModelIndexPage, ModelPage

TURKISH = {
    "The long table": "Uzun sofra",
    "A kitchen for all.": "Herkes için bir mutfak.",
    "Issue": "Sorun",
    "Food was given out.": "Yemek dağıtılıyordu.",
    "Keep the lot.": "Kurayı koruyun.",
    "Keep the lot and the box.": "Kura ile kutuyu koruyun.",
}


def start(translator, model, site, commit):
    with commit(execute=True):
        return actions.StartTranslation(actor=Actor(translator), page=model, locale=site["tr"]).execute().specific


def translate(locale, only=None):
    for segment in StringSegment.objects.select_related("string", "context"):
        text = segment.string.data
        if only is None or text in only:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=locale,
                defaults={"data": TURKISH[text]},
            )


def test_starting_makes_a_draft_and_the_missing_section_only(
    site, model, translator, django_capture_on_commit_callbacks
):
    page = start(translator, model, site, django_capture_on_commit_callbacks)
    assert isinstance(page, ModelPage)
    assert page.live is False
    assert page.slug == "long-table"
    index = ModelIndexPage.objects.get(locale=site["tr"])
    assert (index.title, index.slug, index.live, index.alias_of_id) == (
        "Model belgeler",
        "modeller",
        True,
        None,
    )
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_section_keeps_its_address_where_its_words_are_the_same(site):
    # No Greek catalogue yet: title and slug stay as they are, without a number behind them.
    el = Locale.objects.create(language_code="el")
    site["home"].copy_for_translation(el).save_revision().publish()
    index = translate_section(site["index"], section_of(site["index"]), el)
    assert index.slug == "models"


def test_the_turkish_address_shows_the_english_text_with_a_label(
    site, model, translator, client, django_capture_on_commit_callbacks
):
    start(translator, model, site, django_capture_on_commit_callbacks)
    response = client.get("/tr/modeller/long-table/")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Bu metin henüz Türkçe değil." in html
    assert '<h1 lang="en">The long table</h1>' in html
    assert '<div class="cse-prose" lang="en">' in html
    assert client.get("/tr/modeller/nothing/").status_code == 404


def test_a_half_translation_is_refused_on_every_way(
    site, model, translator, client, django_capture_on_commit_callbacks
):
    page = start(translator, model, site, django_capture_on_commit_callbacks)
    translate(site["tr"], only={"The long table", "Issue"})
    translation = Translation.objects.get()
    with pytest.raises(Invalid) as refused:
        actions.PublishTranslation(actor=Actor(translator), page=page).execute()
    assert refused.value.message == (
        "3 parts of the text are not translated yet. A page is published when the whole text is translated."
    )
    client.force_login(translator)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(edit).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        client.post(edit, {"action": "publish"})
        client.post(
            reverse("wagtail_localize:update_translations", args=[translation.source_id]),
            {"publish_translations": "on"},
        )
        translation.save_target(publish=True)
    page.refresh_from_db()
    assert page.live is False
    html = client.get("/tr/modeller/long-table/").content.decode()
    assert "Uzun sofra" not in html


def test_a_whole_translation_goes_live_and_a_changed_part_shows_as_untranslated(
    site, model, translator, client, django_capture_on_commit_callbacks
):
    page = start(translator, model, site, django_capture_on_commit_callbacks)
    translate(site["tr"])
    with django_capture_on_commit_callbacks(execute=True):
        actions.PublishTranslation(actor=Actor(translator), page=page).execute()
    html = client.get("/tr/modeller/long-table/").content.decode()
    assert "Yemek dağıtılıyordu." in html
    assert "Food was given out." not in html
    assert "henüz Türkçe değil" not in html
    assert Translation.objects.get().get_progress() == (5, 5)

    # The English page changes in one paragraph.
    model.body = model.body.stream_block.to_python(body("Food was given out.", "Keep the lot and the box."))
    model.save_revision().publish()
    translation = Translation.objects.get()
    assert translation.get_progress() == (5, 4)
    untranslated = [
        s.string.data
        for s in StringSegment.objects.filter(source=translation.source)
        if not StringTranslation.objects.filter(translation_of=s.string, context=s.context).exists()
    ]
    assert untranslated == ["Keep the lot and the box."]

    # The live Turkish page stays as it is, and says so.
    client.force_login(translator)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"})
        client.post(
            reverse("wagtail_localize:update_translations", args=[translation.source_id]),
            {"publish_translations": "on"},
        )
    html = client.get("/tr/modeller/long-table/").content.decode()
    assert "Kurayı koruyun." in html
    assert "Keep the lot" not in html
    assert "Bu çeviri yayımlandıktan sonra özgün metin değiştirildi." in html

    translate(site["tr"], only={"Keep the lot and the box."})
    with django_capture_on_commit_callbacks(execute=True):
        actions.PublishTranslation(actor=Actor(translator), page=page).execute()
    assert "Kura ile kutuyu koruyun." in client.get("/tr/modeller/long-table/").content.decode()


def test_only_translators_translate_and_only_into_their_language(site, model, translator, secretary):
    for person in (factories.user("stranger"), secretary):
        with pytest.raises(PermissionDenied):
            actions.StartTranslation(actor=Actor(person), page=model, locale=site["tr"]).execute()
    actions.DismissTranslator(actor=Actor(secretary), user=translator, locale=site["tr"]).execute()
    with pytest.raises(PermissionDenied):
        actions.StartTranslation(actor=Actor(translator), page=model, locale=site["tr"]).execute()
    assert not translator.groups.filter(name="cse:translators:tr").exists()


def test_a_translator_may_not_edit_the_original(site, model, translator, client, django_capture_on_commit_callbacks):
    start(translator, model, site, django_capture_on_commit_callbacks)
    client.force_login(translator)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[model.pk])).status_code in (302, 403, 404)


def test_the_board_is_for_translators_and_the_secretariat(site, model, translator, secretary, client):
    url = "/en/cse/translations/"
    assert client.get(url).status_code == 302
    for person, status in ((factories.user("stranger"), 404), (translator, 200), (secretary, 200)):
        client.force_login(person)
        assert client.get(url).status_code == status
    client.force_login(translator)
    html = client.get("/tr/cse/translations/").content.decode()
    assert "The long table" in html
    assert "Henüz çevrilmedi" in html
    assert "Not yet translated" not in html


def test_the_board_does_not_ask_more_for_more_pages(site, model, translator, client, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(translator)
    counts = []
    for total in (2, 12):
        for n in range(total):
            if not ModelPage.objects.filter(slug=f"text-{total}-{n}").exists():
                page = ModelPage(title=f"Text {n}", slug=f"text-{total}-{n}", live=False)
                site["index"].add_child(instance=page)
                page.save_revision().publish()
        client.get("/en/cse/translations/")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/cse/translations/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
