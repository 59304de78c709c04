"""One small network: a secretariat, two organisations made by the real action, and people in the first."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from tests import factories
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.network import network_space
from wagtail_cse.members.actions import CreateOrganisation
from wagtail_cse.members.actions.seats import give_seat


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class Network:
    def __init__(self):
        self.secretary = factories.user("sekreter", first_name="Selin", last_name="Er")
        factories.grant(network_space(), "coordinator", user=self.secretary)
        self.kopru = self.organisation("Köprü Derneği")
        self.approdo = self.organisation("Approdo Comune", side="eu", country="IT", languages=["it", "en"])
        self.owner = self.person("nihal", "owner", first_name="Nihal", last_name="Toprak")
        self.editor = self.person("baran", "editor", first_name="Baran", last_name="Yıldız")
        self.representative = self.person("defne", "representative", first_name="Defne", last_name="Aydın")
        self.stranger = factories.user("stranger", first_name="Sam", last_name="Stone")

    def organisation(self, name, **fields):
        facts = {"side": "tr", "country": "TR", "kind": "association", "city": "İzmir", "languages": ["tr", "ar"]}
        return CreateOrganisation(actor=Actor(self.secretary), name=name, **{**facts, **fields}).execute()

    def person(self, name, role, organisation=None, **fields):
        user = factories.user(name, **fields)
        give_seat(organisation or self.kopru, user, role, given_by=None)
        return user

    def client(self, user=None):
        client = Client()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client


@pytest.fixture
def network(db):
    return Network()


@pytest.fixture
def link():
    """The path of the invitation in the newest mail."""

    def find(number=-1):
        address = re.search(r"http://testserver(/\S*/invitations/\S+)", mail.outbox[number].body)
        assert address, mail.outbox[number].body
        return address[1]

    return find
