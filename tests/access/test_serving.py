"""What outsiders get on the site: nothing, and the same nothing as for an address that does not exist."""

import datetime as dt

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection, Locale, PageViewRestriction

from tests import factories
from wagtail_cse.access.actions import ChangeVisibility, RevokeSource

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(db):
    return factories.space("Volunteers who stay")


@pytest.fixture
def workspace(space):
    page = factories.page("Volunteers", space=space, slug="volunteers")
    space.refresh_from_db()
    return page


@pytest.fixture
def observer(space):
    person = factories.user("observer")
    factories.grant(space, "observer", user=person)
    return person


def client_of(person):
    client = Client(raise_request_exception=False)
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def whole(response):
    """Everything of an answer that a stranger can look at, without what carries its own address or a nonce."""
    headers = {name: value for name, value in response.headers.items() if name != "Content-Security-Policy"}
    # Both addresses have the same length; an answer that repeats it (a redirect to the one with a slash) may.
    return (
        response.status_code,
        {n: v.replace("volunteerx", "volunteers") for n, v in headers.items()},
        response.content,
    )


def test_members_get_the_page(workspace, observer):
    response = client_of(observer).get("/en/volunteers/")
    assert response.status_code == 200
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize("who", ["anonymous", "stranger", "admin"])
def test_an_existing_private_page_is_the_same_answer_as_a_missing_one(workspace, who):
    person = {"anonymous": lambda: None, "stranger": factories.user, "admin": factories.admin_user}[who]()
    client = client_of(person)
    existing = whole(client.get("/en/volunteers/"))
    missing = whole(client.get("/en/volunteerx/"))
    assert existing[0] == 404
    assert existing == missing
    assert whole(client_of(person).get("/en/volunteers")) == whole(client_of(person).get("/en/volunteerx"))
    assert whole(client_of(person).head("/en/volunteers/")) == whole(client_of(person).head("/en/volunteerx/"))


def test_the_same_in_another_language_and_for_what_stands_below(workspace, observer, space):
    turkish = Locale.objects.create(language_code="tr")
    factories.page("Taslak", parent=workspace, slug="taslak")
    home = workspace.get_parent().copy_for_translation(turkish)
    home.slug = "home-tr"
    home.save_revision().publish()
    translated = workspace.copy_for_translation(turkish)
    translated.save_revision().publish()
    assert translated.cse_space_tree.space == space
    url = translated.get_url()
    assert url.startswith("/tr/")
    assert client_of(observer).get(url).status_code == 200
    for private, missing in ((url, "/tr/yok/"), ("/en/volunteers/taslak/", "/en/volunteers/yok/")):
        answers = [client_of(None).get(private), client_of(None).get(missing)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content


def test_an_alias_elsewhere_in_the_tree_stays_in_the_space(workspace, space):
    below = factories.page("Draft text", parent=workspace, slug="draft-text")
    public = factories.page("News", slug="news")
    alias = below.create_alias(parent=public, update_slug="alias")
    assert alias.cse_space_tree.space == space
    assert client_of(None).get("/en/news/alias/").status_code == 404


def test_a_document_of_the_space(workspace, observer, space):
    row = Document.objects.create(
        title="Minutes", file=ContentFile(b"secret minutes", name="minutes.txt"), collection=space.collection
    )
    public = Document.objects.create(title="Statute", file=ContentFile(b"statute", name="statute.txt"))
    assert client_of(None).get(public.url).status_code == 200
    assert client_of(observer).get(row.url).status_code == 200
    missing = row.url.replace(f"/{row.pk}/", "/99999/")
    other_name = row.url.replace(row.filename, "other.txt")
    for person in (None, factories.user()):
        answers = {whole(client_of(person).get(url))[2] for url in (row.url, missing, other_name)}
        assert len(answers) == 1
        assert {client_of(person).get(url).status_code for url in (row.url, missing, other_name)} == {404}


def test_a_private_file(space, observer):
    row = factories.private_file(space, name="müşteri.txt", content=b"names")
    url = reverse("cse_access:file", args=[row.uuid])
    missing = reverse("cse_access:file", args=["00000000-0000-4000-8000-000000000000"])
    for person in (None, factories.user(), factories.admin_user()):
        assert whole(client_of(person).get(url)) == whole(client_of(person).get(missing))
        assert client_of(person).get(url).status_code == 404
    response = client_of(observer).get(url)
    assert b"".join(response.streaming_content) == b"names"
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''m%C3%BC%C5%9Fteri.txt"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "private, no-cache"
    again = client_of(observer).get(url, headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    # The browser's copy does not outlive the right.
    RevokeSource(actor=None, space=space, source="access.manual", user=observer).execute()
    assert client_of(observer).get(url, headers={"if-none-match": response.headers["ETag"]}).status_code == 404


def test_a_right_by_the_clock_opens_and_closes_the_page(workspace, space):
    person = factories.user("mentor")
    start = timezone.now() + dt.timedelta(hours=1)
    factories.grant(space, "observer", user=person, starts=start, expires=start + dt.timedelta(hours=1))
    assert client_of(person).get("/en/volunteers/").status_code == 404
    with time_machine.travel(start, tick=False):
        assert client_of(person).get("/en/volunteers/").status_code == 200
        assert _titles(person) == ["Home", "Volunteers"]
    with time_machine.travel(start + dt.timedelta(hours=1), tick=False):
        assert client_of(person).get("/en/volunteers/").status_code == 404
        assert _titles(person) == ["Home"]


def _titles(person):
    items = client_of(person).get("/api/v2/pages/?limit=20").json()["items"]
    return sorted({item["title"].replace("Welcome to your new Wagtail site!", "Home") for item in items})


def test_api_and_sitemap_show_nothing_private(workspace, observer):
    factories.page("News", slug="news")
    for person, titles in (
        (None, ["Home", "News"]),
        (factories.user(), ["Home", "News"]),
        (observer, ["Home", "News", "Volunteers"]),
    ):
        assert _titles(person) == titles
    detail = f"/api/v2/pages/{workspace.pk}/"
    missing = "/api/v2/pages/99999/"
    for person in (None, factories.user()):
        assert client_of(person).get(detail, follow=True).status_code == 404
        assert (
            client_of(person).get(detail, follow=True).content == client_of(person).get(missing, follow=True).content
        )
    assert client_of(observer).get(detail).status_code == 200
    sitemap = client_of(None).get("/sitemap.xml").content.decode()
    assert "/en/news/" in sitemap
    assert "volunteers" not in sitemap


def test_api_of_documents(workspace, observer, space):
    Document.objects.create(title="Minutes", file=ContentFile(b"m", name="m.txt"), collection=space.collection)
    Document.objects.create(title="Statute", file=ContentFile(b"s", name="s.txt"))

    def titles(person):
        return [item["title"] for item in client_of(person).get("/api/v2/documents/").json()["items"]]

    assert titles(None) == ["Statute"]
    assert titles(factories.user()) == ["Statute"]
    assert titles(observer) == ["Minutes", "Statute"]


def test_a_space_open_to_the_network(workspace, space):
    member = factories.user("member")
    stranger = factories.user("stranger")
    factories.party("Liman", member)
    assert client_of(member).get("/en/volunteers/").status_code == 404
    ChangeVisibility(actor=None, space=space, visibility="network").execute()
    assert client_of(member).get("/en/volunteers/").status_code == 200
    assert client_of(stranger).get("/en/volunteers/").status_code == 404
    assert "Volunteers" in _titles(member)
    assert "Volunteers" not in _titles(stranger)
    ChangeVisibility(actor=None, space=space, visibility="public").execute()
    assert client_of(None).get("/en/volunteers/").status_code == 200
    assert not PageViewRestriction.objects.exists()
    ChangeVisibility(actor=None, space=space, visibility="secret").execute()
    assert client_of(None).get("/en/volunteers/").status_code == 404
    assert client_of(member).get("/en/volunteers/").status_code == 404


def test_collection_of_the_space_is_restricted(workspace, space):
    restriction = space.collection.view_restrictions.get()
    assert restriction.restriction_type == "groups"
    assert [group.name for group in restriction.groups.all()] == [f"cse:audience:{space.key}"]
    assert Collection.objects.filter(name="Volunteers who stay").count() == 1
