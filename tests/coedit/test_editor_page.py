"""The page around the editor: who gets it, what stands in it before the script runs, what that is told."""

import json
import re

import pytest
from django.urls import reverse

from tests import factories
from wagtail_cse.access.actors import Actor
from wagtail_cse.coedit import tree
from wagtail_cse.coedit.actions import CreateDocument

pytestmark = pytest.mark.django_db


def make(space, actor, paragraphs=1):
    blocks = [tree.node("heading", "Aims", level=2, section="aims")]
    blocks += [tree.node("paragraph", f"Paragraph {number} <b>") for number in range(paragraphs)]
    return CreateDocument(
        actor=actor, space=space, kind="test", title="A plan", language="tr", content=tree.doc(*blocks)
    ).execute()


@pytest.fixture
def writer():
    return factories.user("defne")


@pytest.fixture
def space(writer):
    made = factories.space("Volunteers who stay")
    factories.grant(made, "editor", party=factories.party("Köprü Derneği", writer, colour=3, shape="square"))
    return made


@pytest.fixture
def document(space, writer):
    return make(space, Actor(writer, writer.cse_parties.get()))


def address(document, language="en"):
    return f"/{language}/testapp/editor/{document.uuid}/"


def config_of(response):
    found = re.search(r'<script id="cse-editor-config" type="application/json">(.*?)</script>', response.text, re.S)
    return json.loads(found[1])


def test_the_text_stands_in_the_page(client, writer, document):
    client.force_login(writer)
    page = client.get(address(document)).text
    assert "Paragraph 0 &lt;b&gt;" in page
    assert 'id="text" lang="tr" dir="ltr"' in page
    anchor = re.search(r'<h2 id="(b-[0-9a-f]{32})">Aims</h2>', page)[1]
    assert f'<a href="#{anchor}">Aims</a>' in page
    assert f"{reverse('cse_coedit:section', args=[document.uuid])}?section={anchor[2:]}" in page


def test_the_script_is_told_who_writes_and_where(client, writer, document):
    client.force_login(writer)
    config = config_of(client.get(address(document)))
    party = writer.cse_parties.get()
    assert config["user"] == {
        "name": "Defne",
        "party": "Köprü Derneği",
        "initials": "Kö",
        "colour": 3,
        "shape": "square",
    }
    assert config["scope"] == f"{writer.pk}:{document.uuid}:{party.key}"
    assert config["verbs"] == ["change", "comment", "view"]
    assert config["language"] == "en"
    assert config["document"] == {"uuid": str(document.uuid), "title": "A plan", "language": "tr"}
    assert config["urls"]["sync"] == f"/en/cse/coedit/{document.uuid}/sync/"
    assert config["urls"]["image"].endswith("/images/00000000-0000-0000-0000-000000000000/")
    assert writer.email not in json.dumps(config)


def test_labels_follow_the_language_of_the_page(client, writer, document):
    client.force_login(writer)
    config = config_of(client.get(address(document, "tr")))
    assert config["labels"]["status_saved"] == "Her şey kaydedildi"
    assert config["language"] == "tr"


@pytest.mark.parametrize(
    ("role", "toolbar", "comment"), [("observer", False, False), ("commenter", False, True), ("editor", True, True)]
)
def test_each_role_gets_its_tools(client, space, document, role, toolbar, comment):
    person = factories.user(role)
    factories.grant(space, role, user=person)
    client.force_login(person)
    page = client.get(address(document)).text
    assert ('data-command="bold"' in page) is toolbar
    assert ('data-command="comment"' in page) is comment
    assert ('id="cse-link"' in page) is toolbar


def test_an_outsider_gets_what_a_wrong_address_gets(client, document):
    client.force_login(factories.user("outsider"))
    there = client.get(address(document))
    document.uuid = "11111111-2222-3333-4444-555555555555"
    missing = client.get(address(document))
    assert there.status_code == missing.status_code == 404
    assert there.content == missing.content


def test_a_longer_text_needs_no_more_queries(client, writer, space, document):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(writer)
    long = make(space, Actor(writer, writer.cse_parties.get()), paragraphs=40)
    client.get(address(document))
    with CaptureQueriesContext(connection) as few:
        client.get(address(document))
    with CaptureQueriesContext(connection) as many:
        client.get(address(long))
    assert len(many) == len(few)


def test_the_sign_out_form_comes_with_the_script_that_clears_the_device(client, writer):
    client.force_login(writer)
    page = client.get(reverse("cse_core:preferences")).text
    assert "data-cse-signout" in page
    assert "wagtail_cse/coedit/signout.js" in page
