import datetime as dt
import uuid

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import Page

from tests.partnerships.world import network, start
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.models import Grant
from wagtail_cse.access.policies import can
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed
from wagtail_cse.pages.models import WorkspacePage
from wagtail_cse.partnerships.models import Partnership

pytestmark = pytest.mark.django_db


def test_starting_makes_a_private_space_rights_dates_and_a_page_in_both_languages(net, partnership):
    space = partnership.space
    assert (space.kind, space.visibility, space.title) == ("partnership", "members", "Volunteers who stay")
    rights = {
        (grant.user.first_name, grant.role, grant.through.name, grant.source.partition(":")[0])
        for grant in Grant.objects.filter(space=space)
    }
    assert rights == {
        ("Defne", "coordinator", "Köprü Derneği", "partnerships.partner"),
        ("Matteo", "coordinator", "Approdo Comune", "partnerships.partner"),
        ("Giulia", "editor", "Approdo Comune", "partnerships.partner"),
    }
    dates = [(row.stage, row.starts, row.ends) for row in partnership.stage_dates.all()]
    assert dates[0] == ("opening", dt.date(2026, 9, 1), dt.date(2026, 9, 18))
    assert dates[2] == ("draft", dt.date(2026, 10, 10), dt.date(2026, 12, 3))
    assert dates[-1] == ("closing", dt.date(2027, 2, 14), dt.date(2027, 2, 28))
    pages = WorkspacePage.objects.filter(partnership=partnership)
    assert {page.locale.language_code for page in pages} == {"en", "tr"}
    assert {page.slug for page in pages} == {space.key}
    assert all(page.live and page.alias_of_id is None for page in pages)
    assert not Page.objects.public().filter(pk__in=pages).exists()
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_secretariat_that_started_it_cannot_open_it(net, partnership):
    assert not can(net.secretariat, "view", partnership.space)
    assert can(net.people["defne"], "manage", partnership.space)
    assert not can(net.people["baran"], "view", partnership.space)


def test_its_people_get_a_letter_that_names_no_partner_in_the_subject(net, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        start(net)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"defne@example.org", "matteo@example.org", "giulia@example.org"}
    letter = letters["giulia@example.org"]
    assert "Köprü" not in letter.subject
    assert "Volunteers" not in letter.subject
    assert "Your role in its workspace: Editor." in letter.body


@pytest.mark.parametrize("name", ["defne", "eleni"])
def test_only_the_secretariat_starts(net, name):
    with pytest.raises(NotAllowed):
        start(net, actor=Actor(net.people[name]))
    assert Partnership.objects.count() == 0


def test_two_organisations_and_a_coordinator_of_each_are_needed(net):
    kopru, approdo = net.organisations["kopru"], net.organisations["approdo"]
    with pytest.raises(Invalid, match="two or more organisations"):
        start(net, organisations=[kopru, kopru])
    with pytest.raises(Invalid, match="at least one coordinator of Approdo Comune"):
        start(net, people={kopru: {net.people["defne"]: "coordinator"}, approdo: {net.people["giulia"]: "editor"}})
    with pytest.raises(Invalid, match="Giulia Abbinante has no seat in Köprü Derneği"):
        start(net, people={kopru: {net.people["giulia"]: "coordinator"}, approdo: {}})
    assert Partnership.objects.count() == 0


def test_a_suspended_organisation_cannot_take_part(net):
    kopru = net.organisations["kopru"]
    kopru.status = "suspended"
    kopru.save()
    with pytest.raises(Invalid, match="Köprü Derneği is not a member"):
        start(net)


def test_without_the_section_nothing_is_half_made(db):
    net = network(sections=False)
    with pytest.raises(Invalid, match="no section for partnerships"):
        start(net)
    assert Partnership.objects.count() == 0
    assert Grant.objects.filter(source__startswith="partnerships.").count() == 0


def test_the_same_form_sent_twice_starts_one(net):
    key = uuid.uuid4()
    start(net, key=key)
    with pytest.raises(AlreadyDone):
        start(net, key=key)
    assert Partnership.objects.count() == 1


def form_data(net, **changes):
    seats = {seat.user.first_name: seat.pk for org in net.organisations.values() for seat in org.memberships.all()}
    return {
        "title": "Volunteers who stay",
        "goal": "Keep newcomers beyond the first month",
        "starts": "2026-09-01",
        "ends": "2027-02-28",
        "key": str(uuid.uuid4()),
        f"seat{seats['Defne']}": "coordinator",
        f"seat{seats['Matteo']}": "coordinator",
        f"seat{seats['Giulia']}": "commenter",
        **changes,
    }


def start_url(net):
    kopru, approdo = net.organisations["kopru"], net.organisations["approdo"]
    return f"{reverse('cse_partnerships:start')}?organisations={kopru.pk}&organisations={approdo.pk}"


def test_starting_in_the_browser(net, sign_in):
    client = sign_in("secretariat")
    first = client.get(reverse("cse_partnerships:start"))
    assert "Köprü Derneği" in first.content.decode()
    second = client.get(start_url(net)).content.decode()
    assert "People of Köprü Derneği" in second
    assert "Rosa Carofiglio" in second
    assert "Eleni Papadaki" not in second
    answer = client.post(start_url(net), form_data(net), follow=True)
    assert answer.redirect_chain == [(reverse("cse_partnerships:list"), 302)]
    assert "“Volunteers who stay” has started." in answer.content.decode()
    partnership = Partnership.objects.get()
    assert partnership.goal == "Keep newcomers beyond the first month"
    assert can(net.people["giulia"], "comment", partnership.space)
    assert not can(net.people["rosa"], "view", partnership.space)


def test_a_form_with_mistakes_keeps_what_was_typed(net, sign_in):
    seats = {seat.user.first_name: seat.pk for org in net.organisations.values() for seat in org.memberships.all()}
    data = form_data(net, ends="2026-08-01", **{f"seat{seats['Defne']}": ""})
    text = sign_in("secretariat").post(start_url(net), data).content.decode()
    assert "The last day must come after the first." in text
    assert "Choose at least one coordinator of Köprü Derneği." in text
    assert "Keep newcomers beyond the first month" in text
    assert Partnership.objects.count() == 0


def test_one_organisation_is_not_enough_in_the_browser(net, sign_in):
    url = f"{reverse('cse_partnerships:start')}?next=1&organisations={net.organisations['kopru'].pk}"
    assert "Choose two or more organisations." in sign_in("secretariat").get(url).content.decode()


def test_start_is_for_the_secretariat(net, client, sign_in):
    url = reverse("cse_partnerships:start")
    assert client.get(url).status_code == 302
    assert sign_in("defne").get(url).status_code == 403
