"""A small network for tests: a site in English and Turkish, three organisations, their people, one partnership."""

import datetime as dt
from dataclasses import dataclass, field

from wagtail.models import Locale, Page, Site

from tests import factories
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.network import network_space
from wagtail_cse.members.actions import CreateOrganisation, GiveMandate
from wagtail_cse.members.actions.seats import give_seat
from wagtail_cse.members.models import Organisation
from wagtail_cse.pages.actions import SetUpNetwork
from wagtail_cse.partnerships.actions import StartPartnership
from wagtail_cse.partnerships.models import Partnership


@dataclass
class Network:
    secretariat: object
    people: dict = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def actor(self, name: str, organisation: str = "") -> Actor:
        party = self.organisations[organisation] if organisation else None
        return Actor(self.people[name], party)


def turkish_home() -> Page:
    """A Turkish version of the site's home page, as the site itself would make it."""
    home = Site.objects.get(is_default_site=True).root_page
    locale, _created = Locale.objects.get_or_create(language_code="tr")
    existing = home.get_translation_or_none(locale)
    if existing is not None:
        return existing
    page = home.copy_for_translation(locale)
    page.title = "Ana sayfa"
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def network(*, sections: bool = True) -> Network:
    """Köprü Derneği (İzmir), Approdo Comune (Bari) and Kypseli Mazi (Athens) with six people."""
    turkish_home()
    secretariat = factories.user("sekretarya", first_name="Selin", last_name="Acar")
    factories.grant(network_space(), "coordinator", user=secretariat)
    net = Network(secretariat)
    net.people["secretariat"] = secretariat
    actor = Actor(secretariat)
    if sections:
        SetUpNetwork(actor=actor).execute()
    for key, name, side, country, city in (
        ("kopru", "Köprü Derneği", "tr", "TR", "İzmir"),
        ("approdo", "Approdo Comune", "eu", "IT", "Bari"),
        ("kypseli", "Kypseli Mazi", "eu", "GR", "Athens"),
    ):
        net.organisations[key] = CreateOrganisation(
            actor=actor, name=name, side=side, country=country, kind="association", city=city
        ).execute()
    for key, organisation, first, last, role in (
        ("defne", "kopru", "Defne", "Aydın", "owner"),
        ("baran", "kopru", "Baran", "Yıldız", "representative"),
        ("matteo", "approdo", "Matteo", "Lorusso", "owner"),
        ("giulia", "approdo", "Giulia", "Abbinante", "representative"),
        ("rosa", "approdo", "Rosa", "Carofiglio", "representative"),
        ("eleni", "kypseli", "Eleni", "Papadaki", "owner"),
    ):
        net.people[key] = factories.user(key, first_name=first, last_name=last)
        give_seat(net.organisations[organisation], net.people[key], role, given_by=secretariat)
    return net


def start(net: Network, title: str = "Volunteers who stay", **kwargs) -> Partnership:
    """Köprü and Approdo, coordinated by Defne and Matteo; Giulia writes."""
    people = net.people
    kopru, approdo = net.organisations["kopru"], net.organisations["approdo"]
    values = {
        "actor": Actor(net.secretariat),
        "title": title,
        "organisations": [kopru, approdo],
        "people": {
            kopru: {people["defne"]: "coordinator"},
            approdo: {people["matteo"]: "coordinator", people["giulia"]: "editor"},
        },
        "starts": dt.date(2026, 9, 1),
        "ends": dt.date(2027, 2, 28),
        **kwargs,
    }
    return StartPartnership(**values).execute()


def may_sign(net: Network, name: str, organisation: str) -> None:
    GiveMandate(
        actor=Actor(net.secretariat),
        organisation=net.organisations[organisation],
        user=net.people[name],
        purpose="sign",
        function="Chair of the board",
    ).execute()
