"""The list, the workspace and its people: what they show, in which language, with how many queries."""

import datetime as dt
import re

import pytest
import time_machine
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from tests import factories
from tests.partnerships.world import may_sign, start
from wagtail_cse.core import slots
from wagtail_cse.members.actions.seats import give_seat
from wagtail_cse.members.models import Seat
from wagtail_cse.pages.models import WorkspacePage
from wagtail_cse.partnerships import dates, next_steps, stages, tabs
from wagtail_cse.partnerships.actions import AddPerson, EndPartnership, InviteToWorkspace, SetStage
from wagtail_cse.partnerships.models import Partnership

pytestmark = pytest.mark.django_db

TODAY = "2026-11-24T12:00Z"


def page_in(partnership, language):
    return WorkspacePage.objects.get(partnership=partnership, locale__language_code=language)


def words(html):
    """The visible text of the page itself; header and footer are the site's."""
    body = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>", " ", html[html.index("<main") :])
    return " ".join(re.sub(r"(?s)<[^>]+>", " ", body).split())


@time_machine.travel(TODAY, tick=False)
def test_the_workspace_says_what_is_due_who_is_in_and_who_sees_it(net, partnership, sign_in):
    may_sign(net, "defne", "kopru")
    SetStage(actor=net.actor("defne", "kopru"), partnership=partnership, stage="draft").execute()
    text = words(sign_in("defne").get(page_in(partnership, "en").url).content.decode())
    assert "Only the two partners" in text
    assert "3 people can open this workspace (Köprü Derneği 1, Approdo Comune 2)." in text
    assert "Stage 3 of 7: Draft, until 3 December, 9 days left" in text
    assert "Opening 1–18 September" in text
    assert "Second visit 13–16 December" in text
    assert "Defne Aydın, coordinator, may sign" in text
    assert "Giulia Abbinante, editor" in text
    assert "Nothing yet. When a signed version is published" in text


@time_machine.travel(TODAY, tick=False)
def test_the_turkish_page_has_no_english_word_of_ours(net, partnership, sign_in):
    """Everything that is not a name is compared with the sentences that the page should say."""
    may_sign(net, "defne", "kopru")
    SetStage(actor=net.actor("defne", "kopru"), partnership=partnership, stage="draft").execute()
    InviteToWorkspace(
        actor=net.actor("defne", "kopru"),
        partnership=partnership,
        organisation=net.organisations["kopru"],
        email="nur@example.org",
        person="Nur Haddad",
        role="editor",
        language="tr",
    ).execute()
    client = sign_in("defne")
    html = client.get(page_in(partnership, "tr").url).content.decode()
    assert '<html lang="tr"' in html
    text = words(html)
    for sentence in (
        "Yalnızca iki ortak",
        "Bu çalışma alanını 3 kişi açabilir (Köprü Derneği: 1, Approdo Comune: 2).",
        "Aşama 3/7: Taslak, son gün 3 Aralık, 9 gün kaldı",
        "Genel bakış",
        "Kişiler ve yetkiler",
        "Defne Aydın, koordinatör, imza yetkilisi",
        "Nur Haddad, davet edildi",
        "Neler herkese açık?",
    ):
        assert sentence in text, sentence
    addresses = [page_in(partnership, "tr").url]
    with translation.override("tr"):
        addresses += [
            reverse(f"cse_partnerships:{name}", args=[partnership.uuid]) for name in ("people", "settings", "history")
        ]
        addresses.append(reverse("cse_partnerships:list"))
    for address in addresses:
        shown = words(client.get(address).content.decode())
        # The name of the partnership is the partners' own text; "Comune", "Aydın" and the like are names.
        shown = shown.replace(partnership.title, "").replace("Chair of the board", "").replace("English", "")
        english = re.findall(
            r"\b(the|of|and|to|your|you|with|people|role|since|until|given|change|remove|stage|name|save|not|"
            r"nothing|coordinator|editor|workspace|partnership|partnerships|history|settings|home|menu|sign)\b",
            shown,
            re.IGNORECASE,
        )
        assert english == [], address


def test_the_stable_address_leads_to_the_page_in_the_reader_s_language(net, partnership, sign_in):
    with translation.override("tr"):
        address = reverse("cse_partnerships:workspace", args=[partnership.uuid])
    answer = sign_in("defne").get(address)
    assert (answer.status_code, answer["Location"]) == (302, page_in(partnership, "tr").url)


def test_without_a_page_in_that_language_it_shows_the_workspace_itself(net, partnership, sign_in):
    page_in(partnership, "tr").unpublish()
    with translation.override("tr"):
        address = reverse("cse_partnerships:workspace", args=[partnership.uuid])
    answer = sign_in("giulia").get(address)
    assert answer.status_code == 200
    assert "Yalnızca iki ortak" in answer.content.decode()


def test_ended_the_workspace_says_so_first(net, partnership, sign_in):
    EndPartnership(actor=net.actor("defne", "kopru"), partnership=partnership).execute()
    text = words(sign_in("giulia").get(page_in(partnership, "en").url).content.decode())
    assert "This partnership ended on" in text
    assert "Everything can be read, nothing can be changed." in text
    assert "Your turn" not in text


# What is due


def steps(net, name, *partnerships):
    request = RequestFactory().get("/")
    request.user = net.people[name]
    request.session = {}
    rows = list(Partnership.objects.for_list(request.user))
    return next_steps.for_reader(rows, next_steps.reader_of(request, rows))


def own(found):
    return [(step.state, step.label, step.text) for step in found if "model document" not in step.text.lower()]


def test_a_side_without_coordinator_is_due_for_the_others(net, partnership):
    Seat.objects.filter(user=net.people["matteo"]).delete()
    assert own(steps(net, "defne")[partnership.pk])[0] == (
        "turn",
        "Your turn, Köprü Derneği",
        "Approdo Comune has no coordinator: choose one",
    )
    assert own(steps(net, "giulia")[partnership.pk])[0] == (
        "wait",
        "Waiting for others",
        "Approdo Comune has no coordinator at the moment",
    )


@time_machine.travel(TODAY, tick=False)
def test_nothing_due_names_the_next_date(net, partnership, monkeypatch):
    monkeypatch.setattr(next_steps, "_providers", {"partnerships": next_steps.own_steps})
    assert own(steps(net, "defne")[partnership.pk]) == [
        ("none", "Nothing is due", "The next stage, “Second visit”, begins on 13 December")
    ]


def test_a_provider_from_above_adds_a_step_with_a_date_first(net, partnership, monkeypatch):
    monkeypatch.setattr(next_steps, "_providers", dict(next_steps._providers))

    def sign(partnerships, reader):
        for row in partnerships:
            yield next_steps.NextStep(row, "Sign version 4", by=dt.date(2026, 12, 1), who="Köprü Derneği")

    next_steps.register("test", sign)
    assert steps(net, "defne")[partnership.pk][0].text == "Sign version 4"
    request = RequestFactory().get("/")
    request.user, request.session = net.people["defne"], {}
    row = slots.collect("home_next_steps", request)
    assert {"text": "Sign version 4", "place": "Volunteers who stay"}.items() <= row[0].items()


def test_tabs_by_right(net, partnership):
    request = RequestFactory().get("/")
    request.session = {}
    names = {}
    for name in ("defne", "giulia"):
        request.user = net.people[name]
        rows = list(Partnership.objects.for_list(request.user))
        reader = next_steps.reader_of(request, rows)
        found = tabs.for_reader(rows[0], reader, "people")
        names[name] = [tab.name for tab in found if tab.name in {"overview", "people", "settings", "history"}]
        assert [tab.name for tab in found if tab.current] == ["people"]
    assert names == {"defne": ["overview", "people", "settings", "history"], "giulia": ["overview", "people"]}


# How many queries


def queries(client, address):
    client.get(address)  # warm: content types, sites
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_needs_the_same_queries_for_two_and_twelve(net, partnership, sign_in):
    start(net, title="Second")
    client = sign_in("defne")
    address = reverse("cse_partnerships:list")
    two = queries(client, address)
    for number in range(10):
        start(net, title=f"More {number}")
    assert queries(client, address) == two


def crowd(net, partnership, first, last):
    organisation = net.organisations["kopru"]
    for number in range(first, last):
        person = factories.user(f"crowd{number}")
        give_seat(organisation, person, "representative", given_by=net.secretariat)
        net.people[f"crowd{number}"] = person
        if number % 2:
            AddPerson(
                actor=net.actor("defne", "kopru"),
                partnership=partnership,
                organisation=organisation,
                user=person,
                role="editor",
            ).execute()


@pytest.mark.parametrize("name", ["workspace", "people"])
def test_workspace_and_people_need_the_same_queries_for_a_crowd(net, partnership, sign_in, name):
    client = sign_in("defne")
    crowd(net, partnership, 0, 2)
    address = page_in(partnership, "en").url
    if name == "people":
        address = reverse("cse_partnerships:people", args=[partnership.uuid])
    few = queries(client, address)
    crowd(net, partnership, 2, 16)
    assert queries(client, address) == few


# Plans and dates


def test_the_plan_of_six_months():
    plan = {stage: (first, last) for stage, first, last in stages.plan(dt.date(2026, 9, 1), dt.date(2027, 2, 28))}
    assert plan["visit1"] == (dt.date(2026, 10, 6), dt.date(2026, 10, 9))
    assert stages.six_months_from(dt.date(2026, 8, 31)) == dt.date(2027, 2, 27)
    assert stages.six_months_from(dt.date(2026, 9, 1)) == dt.date(2027, 2, 28)


@time_machine.travel(TODAY, tick=False)
def test_periods_in_words():
    day = dt.date
    assert dates.period(day(2026, 9, 1), day(2026, 9, 18)) == "1–18 September"
    assert dates.period(day(2026, 12, 31), day(2027, 1, 30)) == "31 December 2026 – 30 January 2027"
    assert dates.period(day(2027, 1, 31), day(2027, 2, 13)) == "31 January – 13 February 2027"
    with translation.override("tr"):
        assert dates.period(day(2026, 9, 1), day(2026, 9, 18)) == "1–18 Eylül"
        assert dates.day(day(2027, 2, 3)) == "3 Şubat 2027"
