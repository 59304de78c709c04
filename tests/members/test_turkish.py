"""A Turkish page has no English interface text on it."""

import datetime as dt
import re
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

import wagtail_cse.members
from wagtail_cse.access.actors import Actor
from wagtail_cse.members import invitations
from wagtail_cse.members.actions import GiveMandate
from wagtail_cse.members.models import Invitation, Seat

CATALOGUE = Path(wagtail_cse.members.__file__).parent / "locale/tr/LC_MESSAGES/django.po"

#: Words that stand in English interface text, and in no Turkish one; names of people and places hold none of them.
ENGLISH = re.compile(
    r"\b(the|and|of|to|is|in|for|with|you|your|this|that|it|who|what|by|from|until|or|not|no|all|show|name|role|"
    r"invitation|invite|organisation|organisations|people|mandate|change|leave|remove|withdraw|language|country|"
    r"choose|write|save|password|search|everyone|status|side)\b",
    re.I,
)


def text_of(answer):
    html = answer.content.decode()
    main = re.search(r"<main.*?</main>", html, re.S)[0]
    main = re.sub(r"<(script|style).*?</\1>", " ", main, flags=re.S)
    # Codes of countries and languages are values, not text.
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def pages(network):
    seat = Seat.objects.get(user=network.representative)
    GiveMandate(
        actor=Actor(network.owner),
        organisation=network.kopru,
        user=network.representative,
        purpose="sign",
        ends=dt.date(2099, 2, 28),
    ).execute()
    later = timezone.now() + dt.timedelta(days=14)
    for token, expires in (("open", later), ("expired", timezone.now())):
        Invitation.objects.create(
            organisation=network.kopru,
            email=f"{token}@example.org",
            language="tr",
            token_sha256=invitations.digest(token),
            invited_by=network.owner,
            expires_at=expires,
        )
    slug = {"slug": network.kopru.slug}
    secretary, owner, nobody = network.client(network.secretary), network.client(network.owner), Client()
    with translation.override("tr"):
        return [
            (nobody, reverse("cse_members:directory")),
            (secretary, reverse("cse_members:organisation-list")),
            (secretary, reverse("cse_members:organisation-create")),
            (secretary, reverse("cse_members:organisation-suspend", kwargs=slug)),
            (secretary, reverse("cse_members:organisation-facts", kwargs=slug)),
            (owner, reverse("cse_members:organisation", kwargs=slug)),
            (owner, reverse("cse_members:organisation-facts", kwargs=slug)),
            (owner, reverse("cse_members:profile-edit", kwargs=slug)),
            (owner, reverse("cse_members:invite", kwargs=slug)),
            (owner, reverse("cse_members:mandate-give", kwargs=slug)),
            (owner, reverse("cse_members:seat-change", kwargs={**slug, "pk": seat.pk})),
            (owner, reverse("cse_members:seat-remove", kwargs={**slug, "pk": seat.pk})),
            (nobody, reverse("cse_members:invitation", kwargs={"token": "open"})),
            (nobody, reverse("cse_members:invitation", kwargs={"token": "expired"})),
            (nobody, reverse("cse_members:invitation", kwargs={"token": "wrong"})),
            (owner, reverse("cse_members:invitation", kwargs={"token": "open"})),
        ]


def test_no_english_on_turkish_pages(pages):
    found = {}
    for client, address in pages:
        assert address.startswith("/tr/")
        answer = client.get(address)
        assert answer.status_code in (200, 403, 404, 410), address
        text = text_of(answer)
        assert len(text) > 40, address
        hits = ENGLISH.findall(text)
        if hits:
            found[address] = (hits, text)
    assert found == {}


def test_the_words_would_be_found(pages):
    for client, address in pages:
        assert ENGLISH.findall(text_of(client.get(address.replace("/tr/", "/en/", 1))))


def test_no_english_in_turkish_errors(pages, network):
    with translation.override("tr"):
        address = reverse("cse_members:organisation-create")
        invite = reverse("cse_members:invite", kwargs={"slug": network.kopru.slug})
    secretary, owner = network.client(network.secretary), network.client(network.owner)
    answers = [
        secretary.post(address, {}),
        secretary.post(address, {"name": "Yeni", "kind": "association", "side": "eu", "country": "TR"}),
        secretary.post(
            address, {"name": "Y", "kind": "x", "side": "x", "country": "XX", "website": "not an address"}
        ),
        owner.post(invite, {"email": "nobody", "role": "boss", "language": "xx"}),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert ENGLISH.findall(text_of(answer)) == []


def test_the_catalogue_is_complete():
    catalogue = polib.pofile(str(CATALOGUE))
    assert len(catalogue) > 300
    assert [entry.msgid for entry in catalogue if "fuzzy" in entry.flags or not entry.translated()] == []
    # A placeholder that is lost or misspelt breaks the page or says nothing.
    for entry in catalogue:
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            if text:
                assert set(re.findall(r"%\(\w+\)[sd]", text)) == set(re.findall(r"%\(\w+\)[sd]", entry.msgid)), entry
