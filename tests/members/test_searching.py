"""Profiles are found by title and body, in both languages, and no longer once the organisation is suspended."""

import pytest

from tests.partnerships import world
from wagtail_cse.access.actors import Actor
from wagtail_cse.members.actions import SaveProfile, SuspendOrganisation


@pytest.fixture
def net(db):
    net = world.network()
    for language, intro, offers in (
        ("en", "A room behind the old port.", "A consent card in six languages."),
        ("tr", "Eski limanın arkasında bir mekân.", "Altı dilde onam kartı."),
    ):
        SaveProfile(
            actor=net.actor("defne", "kopru"),
            organisation=net.organisations["kopru"],
            language=language,
            texts={"intro": intro, "offers": offers},
            base=None,
        ).execute()
    return net


@pytest.mark.parametrize(
    ("address", "words", "text"),
    [
        ("/en/cse/search/", "köprü", "A room behind the old port."),
        ("/en/cse/search/", "consent card", "A consent card in six languages."),
        ("/tr/cse/search/", "kartı", "Altı dilde onam"),
        ("/tr/cse/search/", "İZMİR", "Köprü Derneği"),
    ],
)
def test_a_profile_is_found(net, client, address, words, text):
    html = (
        client.get(address, {"q": words})
        .content.decode()
        .replace('<mark class="cse-hit">', "")
        .replace("</mark>", "")
    )
    assert text in html
    assert ("Kuruluş" if "/tr/" in address else "Organisation") in html


def test_a_suspended_organisation_is_not_found(net, client):
    SuspendOrganisation(
        actor=Actor(net.secretariat), organisation=net.organisations["kopru"], reason="asked for it"
    ).execute()
    html = client.get("/en/cse/search/", {"q": "consent"}).content.decode()
    assert "Nothing found." in html
