import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from tests import factories
from tests.partnerships.world import network, start, turkish_home
from wagtail_cse.access.models import Space
from wagtail_cse.access.network import is_secretariat
from wagtail_cse.core import sections
from wagtail_cse.core.exceptions import Invalid
from wagtail_cse.languages.ancestors import ensure_translated_ancestors
from wagtail_cse.pages.models import DirectoryPage, ModelIndexPage, PartnershipIndexPage, WorkspacePage

pytestmark = pytest.mark.django_db


def run(*args):
    out = io.StringIO()
    call_command("cse_setup", *args, stdout=out)
    return out.getvalue()


def test_a_dry_run_says_everything_and_makes_nothing():
    turkish_home()
    before = Page.objects.count(), Space.objects.count()
    text = run("--dry-run")
    assert "The space of the network" in text
    assert "in English: the page “Organisations” at " in text
    assert "in Turkish: the page “Ortaklıklar” at " in text
    assert "/ortakliklar/" in text
    assert (Page.objects.count(), Space.objects.count()) == before


def test_the_command_makes_the_sections_in_each_language_of_the_site_once():
    turkish_home()
    factories.user("selin")
    run("--yes", "--secretariat", "selin@example.org")
    addresses = {(page.locale.language_code, page.slug, page.title) for page in PartnershipIndexPage.objects.all()}
    assert addresses == {("en", "partnerships", "Partnerships"), ("tr", "ortakliklar", "Ortaklıklar")}
    for model in (DirectoryPage, PartnershipIndexPage, ModelIndexPage):
        assert model.objects.filter(alias_of=None, live=True).count() == 2
        assert len(set(model.objects.values_list("translation_key", flat=True))) == 1
    assert Page.find_problems() == ([], [], [], [], [])
    from django.contrib.auth import get_user_model

    assert is_secretariat(get_user_model().objects.get(email="selin@example.org"))
    assert run("--yes") == "Nothing is missing.\n"
    assert PartnershipIndexPage.objects.count() == 2


def test_the_command_names_an_unknown_person():
    with pytest.raises(CommandError, match="no active account with the address nobody@example"):
        run("--yes", "--secretariat", "nobody@example.org")


def test_a_slug_that_the_site_uses_already_is_not_taken():
    factories.page("Our partnerships", slug="partnerships")
    run("--yes")
    assert PartnershipIndexPage.objects.get().slug == "partnerships-2"


def test_the_screen_makes_only_what_is_ticked(client):
    turkish_home()
    client.force_login(factories.superuser(), backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("cse_pages:setup")
    page = client.get(url).content.decode()
    assert "in Turkish: the page “Ortaklıklar”" in page
    assert PartnershipIndexPage.objects.count() == 0, "reading makes nothing"
    site = Site.objects.get(is_default_site=True)
    answer = client.post(url, {"make": [f"partnerships-{site.pk}-en"]}, follow=True)
    assert "1 thing was made." in answer.content.decode()
    assert [page.locale.language_code for page in PartnershipIndexPage.objects.all()] == ["en"]
    assert DirectoryPage.objects.count() == 0
    again = client.post(url, {"make": [f"partnerships-{site.pk}-en"]}, follow=True)
    assert "Nothing was made" in again.content.decode()


def test_naming_the_first_secretary_on_the_screen(client):
    client.force_login(factories.superuser(), backend="django.contrib.auth.backends.ModelBackend")
    person = factories.user("selin")
    url = reverse("cse_pages:appoint")
    wrong = client.post(url, {"email": "nobody@example.org"}).content.decode()
    assert "There is no active account with the address nobody@example.org." in wrong
    assert 'value="nobody@example.org"' in wrong
    client.post(url, {"email": "Selin@example.org"})
    assert is_secretariat(person)


def test_a_second_site_is_asked_for_never_assumed():
    home = Page.objects.get(depth=1).add_child(instance=Page(title="Another home", slug="another"))
    other = Site.objects.create(hostname="other.example.org", root_page=home)
    run("--yes")
    section = sections.get("partnerships")
    assert section.pages(other).count() == 0
    assert section.find().get_site() == Site.objects.get(is_default_site=True)
    run("--yes", "--all-sites")
    assert section.pages(other).count() == 1
    assert section.find(other).get_parent().specific == home


def test_workspaces_get_a_page_in_a_language_that_comes_later():
    net = network()
    partnership = start(net)
    italian = Locale.objects.create(language_code="it")
    home = Site.objects.get(is_default_site=True).root_page.copy_for_translation(italian)
    home.save_revision().publish()
    run("--yes")
    pages = WorkspacePage.objects.filter(partnership=partnership)
    assert {page.locale.language_code for page in pages} == {"en", "tr", "it"}
    assert not Page.objects.public().filter(pk__in=pages).exists()


def test_missing_sections_above_a_translation_are_made_as_real_pages():
    run("--yes")
    turkish_home()
    section = PartnershipIndexPage.objects.get()
    page = section.add_child(instance=Page(title="A model", slug="a-model"))
    turkish = Locale.objects.get(language_code="tr")
    parent = ensure_translated_ancestors(page, turkish)
    assert (parent.title, parent.slug, parent.live, parent.alias_of_id) == ("Ortaklıklar", "ortakliklar", True, None)
    assert parent.translation_key == section.translation_key
    assert ensure_translated_ancestors(page, turkish).pk == parent.pk
    assert DirectoryPage.objects.count() == 1, "no other section"
    assert page.copy_for_translation(turkish).get_parent().pk == parent.pk


def test_the_site_s_own_pages_are_never_made():
    run("--yes")
    greek = Locale.objects.create(language_code="el")
    section = ModelIndexPage.objects.get()
    page = section.add_child(instance=Page(title="A model", slug="a-model"))
    with pytest.raises(Invalid, match="has no version in Greek"):
        ensure_translated_ancestors(page, greek)
    assert Page.objects.filter(locale=greek).count() == 0
