"""Home, preferences, language: a person's own pages."""

import datetime as dt

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path, reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from wagtail_cse.core import people, slots

User = get_user_model()


@pytest.fixture
def defne(db):
    return User.objects.create_user("defne@example.org", "x", first_name="Defne", last_name="Aydın")


@pytest.fixture
def steps():
    rows = []

    def provider(request):
        return rows

    slots.provide("home_next_steps", provider)
    yield rows
    slots.withdraw("home_next_steps", provider)


def test_preferences_are_stored_and_answered_in_the_new_language(client, defne):
    client.force_login(defne)
    response = client.post(
        "/en/cse/account/",
        {"first_name": "Defne", "last_name": "Kaya", "language": "tr", "zone": "Europe/Istanbul"},
        follow=True,
    )
    assert response.redirect_chain == [("/tr/cse/account/", 302)]
    assert "Kaydedildi." in response.content.decode()
    profile = UserProfile.objects.get(user=defne)
    assert (profile.preferred_language, profile.current_time_zone) == ("tr", "Europe/Istanbul")
    assert User.objects.get(pk=defne.pk).last_name == "Kaya"
    assert str(people.zone_of(User.objects.get(pk=defne.pk))) == "Europe/Istanbul"


def test_a_wrong_zone_is_refused_and_the_rest_stays_in_the_form(client, defne):
    client.force_login(defne)
    response = client.post(
        "/en/cse/account/", {"first_name": "Typed", "last_name": "", "language": "tr", "zone": "Mars/Olympus"}
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert 'value="Typed"' in html
    assert 'href="#id_zone"' in html
    assert not UserProfile.objects.exists()


def test_reading_creates_no_profile(client, defne):
    client.force_login(defne)
    client.get("/en/cse/account/")
    client.get("/en/cse/")
    assert not UserProfile.objects.exists()


def test_language_switch_keeps_the_page_and_is_remembered(client, defne):
    client.force_login(defne)
    html = client.get("/en/cse/account/?x=1").content.decode()
    assert '<input type="hidden" name="next" value="/tr/cse/account/?x=1">' in html
    response = client.post("/en/cse/language/", {"language": "tr", "next": "/tr/cse/account/?x=1"})
    assert response["Location"] == "/tr/cse/account/?x=1"
    assert UserProfile.objects.get(user=defne).preferred_language == "tr"
    assert response.cookies["django_language"].value == "tr"


def test_language_switch_for_a_visitor_is_a_link(client, db):
    html = client.get("/en/cse/account/sign-in/").content.decode()
    assert '<a href="/tr/cse/account/sign-in/" lang="tr" hreflang="tr">Türkçe</a>' in html


def test_language_switch_refuses_unknown_languages_and_foreign_addresses(client, defne):
    client.force_login(defne)
    response = client.post("/en/cse/language/", {"language": "xx", "next": "https://evil.example/"})
    assert response["Location"] == "/"
    assert not UserProfile.objects.exists()
    assert client.get("/en/cse/language/").status_code == 405


def plain(request):
    noon = dt.datetime(2026, 11, 27, 15, 0, tzinfo=dt.UTC)
    return HttpResponse(f"{translation.get_language()} {timezone.localtime(noon):%H:%M}")


urlpatterns = [path("plain/", plain)]


def test_language_and_zone_where_the_address_says_none(client, defne):
    UserProfile.objects.create(user=defne, preferred_language="tr", current_time_zone="Europe/Istanbul")
    with override_settings(ROOT_URLCONF="tests.core.test_own"):
        assert client.get("/plain/", headers={"accept-language": "en"}).content == b"en 15:00"
        client.force_login(defne)
        response = client.get("/plain/", headers={"accept-language": "en"})
        assert response.content == b"tr 18:00"
        assert response["Content-Language"] == "tr"
    assert timezone.get_current_timezone_name() == "UTC"


def test_the_address_wins_over_the_preference(client, defne):
    UserProfile.objects.create(user=defne, preferred_language="tr")
    client.force_login(defne)
    assert '<html lang="en"' in client.get("/en/cse/account/").content.decode()


def test_an_unknown_stored_language_or_zone_does_no_harm(client, defne):
    UserProfile.objects.create(user=defne, preferred_language="xx", current_time_zone="Not/AZone")
    client.force_login(defne)
    assert client.get("/en/cse/account/").status_code == 200
    assert people.language_of(defne) == "en"
    assert str(people.zone_of(defne)) == "UTC"


def test_home_without_anything_says_what_to_do(client, defne):
    client.force_login(defne)
    html = client.get("/en/cse/").content.decode()
    assert "Nothing waits for you" in html
    assert "open the link in that message" in html
    assert "Henüz çalışma alanı yok" in client.get("/tr/cse/").content.decode()


def test_home_puts_the_earliest_turn_first(client, defne, steps):
    now = timezone.now()
    steps += [
        {"state": "wait", "label": "Waiting for Approdo Comune", "text": "They read the draft", "url": "/w/"},
        {"state": "turn", "label": "Your turn", "text": "Later", "url": "/l/", "action": "Open"},
        {
            "state": "turn",
            "label": "Your turn",
            "text": "Answer two comments",
            "url": "/a/",
            "action": "Open the comments",
            "due": now + dt.timedelta(days=3),
        },
        {
            "state": "turn",
            "label": "Your turn",
            "text": "Sign the text",
            "place": "The long table",
            "url": "/s/",
            "action": "Sign",
            "by": timezone.localdate() + dt.timedelta(days=1),
        },
    ]
    client.force_login(defne)
    html = client.get("/en/cse/").content.decode()
    assert "3 things wait for you" in html
    assert "Your turn: first of 3" in html
    assert html.index("Sign the text") < html.index("The long table") < html.index("Then</h2>")
    assert html.index("Then</h2>") < html.index("Answer two comments") < html.index("Later")
    assert html.index("Later") < html.index("Others are working on it") < html.index("They read the draft")
    assert html.count("cse-btn-primary") == 1


def test_display_names():
    assert people.display_name(User(email="a.b@example.org", first_name="Ayşe", last_name="Demir")) == "Ayşe Demir"
    assert people.display_name(User(email="a.b@example.org")) == "a.b"


def test_our_addresses_exist():
    with translation.override("tr"):
        assert reverse("cse_core:sign-in") == "/tr/cse/account/sign-in/"


def test_home_costs_the_same_for_two_and_twenty_steps(client, defne, steps):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(count):
        steps[:] = [
            {"state": "turn", "label": "Your turn", "text": f"Step {n}", "url": f"/{n}/", "action": "Open"}
            for n in range(count)
        ]
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/cse/").status_code == 200
        return len(captured)

    client.force_login(defne)
    client.get("/en/cse/")
    assert queries(2) == queries(20)
