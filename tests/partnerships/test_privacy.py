"""Who is outside gets the answer of an address that does not exist, byte for byte, by every way in."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, Site

from tests import factories
from wagtail_cse.pages.models import PartnershipIndexPage, WorkspacePage

pytestmark = pytest.mark.django_db

NAMES = ["workspace", "people", "settings", "history"]
POSTS = ["person-add", "person-role", "person-remove", "invite", "stage", "end", "archive", "reopen", "settings"]


def outsiders(net):
    """A visitor, a member of a third organisation, a colleague who was not let in, the secretariat."""
    yield Client()
    for name in ("eleni", "baran", "secretariat"):
        client = Client()
        client.force_login(net.people[name], backend="django.contrib.auth.backends.ModelBackend")
        yield client


def same(first, second):
    """Status, headers and body, without what differs between any two requests."""

    def clean(answer):
        body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.content)
        body = re.sub(re.escape(answer.request["PATH_INFO"]).encode(), b"", body)
        headers = {key: value for key, value in answer.items() if key not in ("Content-Length",)}
        return answer.status_code, headers, body, sorted(answer.cookies)

    assert clean(first) == clean(second)
    assert first.status_code == 404


def test_our_addresses(net, partnership):
    for client in outsiders(net):
        for name in NAMES:
            there = client.get(reverse(f"cse_partnerships:{name}", args=[partnership.uuid]))
            same(there, client.get(reverse(f"cse_partnerships:{name}", args=[uuid.uuid4()])))
        for name in POSTS:
            there = client.post(reverse(f"cse_partnerships:{name}", args=[partnership.uuid]))
            same(there, client.post(reverse(f"cse_partnerships:{name}", args=[uuid.uuid4()])))


def test_the_page_itself_in_both_languages(net, partnership):
    for page in WorkspacePage.objects.filter(partnership=partnership):
        address = page.url
        assert address.endswith(f"/{partnership.space.key}/")
        missing = address.replace(partnership.space.key, "0123456789abcdef")
        for client in outsiders(net):
            same(client.get(address), client.get(missing))


def test_its_people_do_get_in(net, partnership, sign_in):
    for name in ("defne", "matteo", "giulia"):
        page = WorkspacePage.objects.get(partnership=partnership, locale__language_code="tr")
        answer = sign_in(name).get(page.url)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_not_in_the_api_nor_the_sitemap(net, partnership):
    title = partnership.title.encode()
    page = partnership.page
    for client in outsiders(net):
        assert title not in client.get("/api/v2/pages/?limit=20").content
        # LocaleMiddleware tries the address with a language before it gives up.
        there = client.get(f"/api/v2/pages/{page.pk}/", follow=True)
        same(there, client.get("/api/v2/pages/99999/", follow=True))
        assert title not in client.get("/api/v2/pages/?search=Volunteers").content
    sitemap = Client().get("/sitemap.xml").content
    assert PartnershipIndexPage.objects.first().url.encode() in sitemap
    assert partnership.space.key.encode() not in sitemap


def test_not_in_the_site_s_own_page_search_even_where_it_forgets_to_ask(net, partnership):
    assert list(Page.objects.live().search("Volunteers")) == []


def test_somebody_with_admin_access_sees_nothing_of_it(net, partnership):
    stranger = factories.admin_user("stranger")
    client = Client()
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    for name, args in (
        ("wagtailadmin_explore", [partnership.page.get_parent().pk]),
        ("wagtailadmin_explore", [partnership.page.pk]),
        ("wagtailadmin_pages:edit", [partnership.page.pk]),
        ("wagtailadmin_choose_page_child", [partnership.page.get_parent().pk]),
    ):
        assert partnership.title not in client.get(reverse(name, args=args), follow=True).content.decode(), name


def test_the_section_lists_to_each_reader_the_own_ones_only(net, partnership, sign_in):
    address = PartnershipIndexPage.objects.get(locale__language_code="en").url
    visitor = Client().get(address).content.decode()
    assert "Who works with whom is not shown here." in visitor
    assert "Volunteers who stay" not in visitor
    assert "Köprü" not in visitor
    assert "Volunteers who stay" not in sign_in("eleni").get(address).content.decode()
    assert "Volunteers who stay" in sign_in("giulia").get(address).content.decode()


def test_a_copy_into_another_language_by_hand_is_private_from_the_first_moment(net, partnership):
    from wagtail.models import Locale

    from tests.partnerships.world import turkish_home

    turkish_home()
    italian = Locale.objects.create(language_code="it")
    home = Site.objects.get(is_default_site=True).root_page
    home.copy_for_translation(italian)
    partnership.page.get_parent().copy_for_translation(italian)
    copy = partnership.page.copy_for_translation(italian)
    copy.save_revision().publish()
    assert not Page.objects.public().filter(pk=copy.pk).exists()
    assert copy.cse_space_tree.space == partnership.space
