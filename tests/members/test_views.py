"""The secretariat's and the owners' pages in the browser: what they show, what they refuse, what they keep."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from tests import factories
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.network import network_space
from wagtail_cse.members.actions import ChangeSeat, GiveMandate, InviteRepresentative
from wagtail_cse.members.home import next_steps
from wagtail_cse.members.models import Invitation, Mandate, Organisation, Seat
from wagtail_cse.members.views import base


def url(view, network=None, **kwargs):
    if network is not None:
        kwargs.setdefault("slug", network.kopru.slug)
    return reverse(f"cse_members:{view}", kwargs=kwargs)


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_secretariat_admits_and_invites_in_the_browser(network, django_capture_on_commit_callbacks, link):
    client = network.client(network.secretary)
    assert "Admit an organisation" in words(client.get(url("organisation-list")))
    form = client.get(url("organisation-create"))
    assert "Name of the organisation" in words(form)
    data = {
        "name": "Liman Derneği",
        "kind": "association",
        "side": "tr",
        "country": "TR",
        "city": "Mersin",
        "languages": ["tr", "ar"],
        "profile_language": "",
    }
    answer = client.post(url("organisation-create"), data, follow=True)
    assert answer.redirect_chain[-1][0] == url("organisation", slug="liman-dernegi")
    assert "Liman Derneği is a member now. Invite its first people." in words(answer)
    assert "Nobody is in yet" in words(answer)
    invite = {"email": "derya@example.org", "name": "Derya", "role": "owner", "language": "tr"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(url("invite", slug="liman-dernegi"), invite, follow=True)
    assert "The invitation is on its way to derya@example.org." in words(answer)
    assert "Waiting for an answer" in words(answer)
    assert mail.outbox[0].to == ["derya@example.org"]
    joined = Client().post(link(), {"name": "Derya Ak", "password": "kirmizi-bisiklet-42"})
    assert joined.status_code == 302
    assert "Derya Ak" in words(client.get(url("organisation", slug="liman-dernegi")))
    # Harmless twice: the same organisation is not made again.
    client.post(url("organisation-create"), data)
    assert Organisation.objects.filter(name="Liman Derneği").count() == 1


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        ({"country": "IT"}, "side", "The side “Turkey” is for organisations whose country is Turkey."),
        ({"registry_number": "35-1"}, "registry_number", "Another organisation in this country already has this"),
        ({"name": "Köprü Derneği"}, "name", "Köprü Derneği is already here."),
    ],
)
def test_bad_facts_say_where_and_keep_what_was_typed(network, data, field, sentence):
    network.organisation("Kayıtlı", registry_number="35-1")
    full = {"name": "Yeni", "kind": "foundation", "side": "tr", "country": "TR", "city": "Kuşadası", **data}
    answer = network.client(network.secretary).post(url("organisation-create"), full)
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert sentence in str(answer.context["form"].errors[field])
    assert 'value="Kuşadası"' in answer.content.decode()


def test_an_owner_sees_his_own_organisation_and_no_other(network):
    client = network.client(network.owner)
    page = words(client.get(url("organisation", network)))
    for text in ("Nihal Toprak (you)", "defne@example.org", "Invite somebody", "Invitations", "History"):
        assert text in page
    assert "Suspend the organisation" not in page
    assert client.get(url("organisation", slug="approdo-comune")).status_code == 404
    assert client.get(url("organisation-list")).status_code == 404


def test_a_representative_reads_who_may_sign_and_no_addresses(network):
    GiveMandate(
        actor=Actor(network.owner),
        organisation=network.kopru,
        user=network.owner,
        purpose="sign",
        function="Chair of the board",
    ).execute()
    page = words(network.client(network.representative).get(url("organisation", network)))
    assert "Signing, Chair of the board" in page
    assert "Leave" in page
    for text in ("nihal@example.org", "Invite somebody", "Invitations", "History", "Remove", "Withdraw"):
        assert text not in page


def test_an_outsider_gets_the_404_of_an_address_that_does_not_exist(network):
    client = network.client(network.stranger)
    there = client.get(url("organisation", network))
    nowhere = client.get(url("organisation", slug="no-such-organisation"))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
    assert client.post(url("invite", network), {"email": "a@example.org"}).content == nowhere.content


def test_who_is_not_signed_in_is_asked_to_for_every_address(network):
    for slug in (network.kopru.slug, "no-such-organisation"):
        answer = Client().get(url("organisation", slug=slug))
        assert answer.status_code == 302
        assert answer.url.endswith(f"next=/en/cse/organisations/{slug}/people/")


def test_the_owner_gives_and_withdraws_a_mandate(network):
    client = network.client(network.owner)
    seat = Seat.objects.get(user=network.representative)
    data = {"user": str(network.representative.pk), "purpose": "sign", "function": "Chair", "starts": "2026-01-01"}
    early = client.post(url("mandate-give", network), {**data, "ends": "2025-12-31"})
    assert "The mandate ends before it begins." in words(early)
    assert 'value="Chair"' in early.content.decode()
    answer = client.post(url("mandate-give", network), data, follow=True)
    assert "Defne Aydın has the mandate now." in words(answer)
    again = client.post(url("mandate-give", network), data, follow=True)
    assert "Defne Aydın already has exactly this mandate." in words(again)
    mandate = Mandate.objects.get()
    answer = client.post(url("mandate-withdraw", network, uuid=mandate.uuid), follow=True)
    assert "The mandate is withdrawn. What was signed with it stays signed." in words(answer)
    answer = client.post(url("mandate-withdraw", network, uuid=mandate.uuid), follow=True)
    assert "This mandate was already withdrawn." in words(answer)
    assert client.get(url("mandate-withdraw", network, uuid=mandate.uuid)).status_code == 405
    assert client.get(url("seat-change", network, pk=seat.pk)).status_code == 200


def test_the_last_owner_is_asked_once_more(network):
    client = network.client(network.owner)
    seat = Seat.objects.get(user=network.owner)
    page = client.get(url("seat-remove", network, pk=seat.pk))
    assert "Leave Köprü Derneği?" in words(page)
    assert "Yes, the organisation has no owner from now on" in words(page)
    refused = client.post(url("seat-remove", network, pk=seat.pk))
    assert "Nihal Toprak is the last owner of Köprü Derneği." in words(refused)
    gone = client.post(url("seat-remove", network, pk=seat.pk), {"without_owner": "on"})
    assert gone.url == "/en/cse/"
    assert client.get(url("organisation", network)).status_code == 404


def test_somebody_removes_another_and_everybody_may_leave(network):
    seat = Seat.objects.get(user=network.editor)
    assert network.client(network.representative).post(url("seat-remove", network, pk=seat.pk)).status_code == 403
    answer = network.client(network.owner).post(url("seat-remove", network, pk=seat.pk), follow=True)
    assert "Baran Yıldız is no longer in Köprü Derneği." in words(answer)
    own = Seat.objects.get(user=network.representative)
    assert network.client(network.representative).post(url("seat-remove", network, pk=own.pk)).status_code == 302
    assert not Seat.objects.filter(pk=own.pk).exists()
    elsewhere = network.person("giulia", "owner", network.approdo)
    foreign = Seat.objects.get(user=elsewhere)
    assert network.client(network.owner).post(url("seat-remove", network, pk=foreign.pk)).status_code == 404


def test_a_right_lost_between_opening_and_saving_keeps_the_text(network, monkeypatch):
    # The role is lost after the view has looked and before the action looks again.
    real = base.OrganisationView.has_right

    def lose(view):
        allowed = real(view)
        seat = Seat.objects.get(user=network.owner)
        ChangeSeat(actor=Actor(network.secretary), seat=seat, role="editor", without_owner=True).execute()
        return allowed

    monkeypatch.setattr(base.OrganisationView, "has_right", lose)
    answer = network.client(network.owner).post(
        url("invite", network), {"email": "derya@example.org", "name": "Derya", "role": "owner", "language": "en"}
    )
    assert answer.status_code == 403
    assert "Only the owners of Köprü Derneği can do this." in words(answer)
    assert 'value="derya@example.org"' in answer.content.decode()


def test_suspend_and_reactivate_in_the_browser(network):
    client = network.client(network.secretary)
    assert "Suspend Köprü Derneği?" in words(client.get(url("organisation-suspend", network)))
    answer = client.post(url("organisation-suspend", network), {"reason": "They asked for it"}, follow=True)
    assert "The organisation is suspended." in words(answer)
    assert "Suspended the organisation. Reason: They asked for it" in words(answer)
    answer = client.post(url("organisation-reactivate", network), follow=True)
    assert "Köprü Derneği is a member again." in words(answer)


def test_the_list_is_searched_and_narrowed(network):
    client = network.client(network.secretary)
    invitation = InviteRepresentative(
        actor=Actor(network.owner), organisation=network.kopru, email="x@example.org", language="en"
    ).execute()

    def names(query):
        return [row.name for row in client.get(url("organisation-list") + query).context["page_obj"]]

    assert names("") == ["Approdo Comune", "Köprü Derneği"]
    # Capital letters, Turkish letters, and the same on a keyboard without them.
    assert names("?q=KÖPRÜ") == ["Köprü Derneği"]
    assert names("?q=kopru") == ["Köprü Derneği"]
    assert names("?q=izmir&side=tr") == ["Köprü Derneği"]
    assert names("?side=eu") == ["Approdo Comune"]
    assert names("?status=suspended") == []
    assert names("?side=nonsense") == ["Approdo Comune", "Köprü Derneği"]
    assert names("?invitations=expired") == []
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - dt.timedelta(days=1))
    assert names("?invitations=expired") == ["Köprü Derneği"]


def test_the_history_says_who_did_what_for_whom(network):
    client = network.client(network.owner)
    client.post(
        url("invite", network), {"email": "derya@example.org", "name": "Derya", "role": "editor", "language": "en"}
    )
    rows = client.get(url("organisation", network)).context["history"]
    assert rows[0]["text"] == "Invited Derya (role: Editor)"
    assert (rows[0]["who"], rows[0]["party"]) == (network.owner, "Köprü Derneği")
    assert rows[-1]["text"] == "Admitted the organisation"
    with translation.override("tr"):
        turkish = network.client(network.owner).get(url("organisation", network)).context["history"]
    assert turkish[0]["text"] == "Davet gönderdi: Derya (rol: Editör)"


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_ask_the_database_as_often_for_many_as_for_few(network):
    secretary = network.client(network.secretary)

    def grow(number):
        for index in range(number):
            network.organisation(f"Dernek {index} {number}")
            user = network.person(f"p{index}x{number}", "representative")
            GiveMandate(actor=Actor(network.owner), organisation=network.kopru, user=user, purpose="sign").execute()
            Invitation.objects.create(
                organisation=network.kopru,
                email=f"{index}x{number}@example.org",
                language="en",
                token_sha256=f"{index}x{number}",
                invited_by=network.owner,
                expires_at=timezone.now(),
            )

    addresses = [url("organisation-list"), url("organisation", network)]
    grow(2)
    few = [queries(secretary, address) for address in addresses]
    grow(18)
    many = [queries(secretary, address) for address in addresses]
    assert many == few
    assert max(many) <= 30


def test_next_steps(network):
    def steps(user):
        request = RequestFactory().get("/")
        request.user, request.session = user, {}
        return [step["text"] for step in next_steps(request)]

    assert steps(network.owner) == ["Nobody may sign for Köprü Derneği yet: give somebody a mandate"]
    assert steps(network.representative) == []
    assert steps(network.secretary) == []
    GiveMandate(actor=Actor(network.owner), organisation=network.kopru, user=network.owner, purpose="sign").execute()
    assert steps(network.owner) == []
    Invitation.objects.create(
        organisation=network.kopru,
        email="late@example.org",
        language="en",
        token_sha256="x",
        expires_at=timezone.now() - dt.timedelta(days=1),
    )
    assert steps(network.secretary) == ["1 invitation was not accepted in time: send it again or withdraw it"]


def test_the_first_step_of_all(db):
    secretary = factories.user("sekreter")
    factories.grant(network_space(), "coordinator", user=secretary)
    request = RequestFactory().get("/")
    request.user, request.session = secretary, {}
    assert [step["text"] for step in next_steps(request)] == ["No organisation is here yet: admit the first one"]
