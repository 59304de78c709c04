import datetime as dt
import hashlib
import re

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, override_settings
from django.utils import timezone

from tests import factories
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.models import Grant
from wagtail_cse.access.policies import can
from wagtail_cse.core import people
from wagtail_cse.core.exceptions import AlreadyDone, Invalid
from wagtail_cse.members.actions import (
    InviteRepresentative,
    ResendInvitation,
    SuspendOrganisation,
    WithdrawInvitation,
)
from wagtail_cse.members.exceptions import TooMany
from wagtail_cse.members.models import Invitation, Seat

PASSWORD = "kirmizi-bisiklet-42"


@pytest.fixture
def invite(network, django_capture_on_commit_callbacks):
    """Send an invitation and let its mail go out."""

    def send(email="derya@example.org", actor=None, language="en", **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return InviteRepresentative(
                actor=Actor(actor or network.owner),
                organisation=fields.pop("organisation", network.kopru),
                email=email,
                language=language,
                **fields,
            ).execute()

    return send


def test_the_mail_carries_the_only_copy_of_the_secret(network, invite, link):
    invitation = invite(name="Derya")
    secret = link().rstrip("/").rsplit("/", 1)[1]
    assert invitation.token_sha256 == hashlib.sha256(secret.encode()).hexdigest()
    stored = [str(value) for value in Invitation.objects.values_list().get()]
    assert not any(secret in value for value in stored)
    letter = mail.outbox[0]
    assert letter.to == ["derya@example.org"]
    # The subject shows on locked telephones.
    assert letter.subject == "An invitation for you"
    assert (
        "Nihal Toprak invites you to represent Köprü Derneği here. Your role would be: Representative." in letter.body
    )
    assert "Hello Derya," in letter.body


def test_the_mail_speaks_the_language_chosen(network, invite, link):
    invite(language="tr")
    letter = mail.outbox[0]
    assert letter.subject == "Size bir davet var"
    assert "Nihal Toprak sizi burada Köprü Derneği kuruluşunu temsil etmeye davet ediyor." in letter.body
    assert "invit" not in letter.body.replace(link(), "").replace("example", "").lower()
    assert link().startswith("/tr/")


def test_who_may_invite(network, invite):
    for actor, error in ((network.editor, PermissionDenied), (network.stranger, Http404)):
        with pytest.raises(error):
            invite(actor=actor)
    with pytest.raises(Http404):
        invite(actor=network.owner, organisation=network.approdo)
    invite(actor=network.secretary)
    invite(actor=network.secretary, organisation=network.approdo)
    assert Invitation.objects.count() == 2


def test_bad_invitations(network, invite):
    with pytest.raises(Invalid, match="complete e-mail address"):
        invite(email="derya@")
    with pytest.raises(Invalid, match="Defne Aydın already has a seat in Köprü Derneği"):
        invite(email="DEFNE@example.org")
    with pytest.raises(Invalid, match="languages of this site"):
        invite(language="xx")
    invite()
    with pytest.raises(AlreadyDone):
        invite(email="Derya@Example.org")
    assert len(mail.outbox) == 1


@override_settings(WAGTAIL_CSE_MEMBERS_INVITATIONS_PER_HOUR=2)
def test_an_hourly_number_for_each_person(network, invite, django_capture_on_commit_callbacks):
    first = invite(email="a@example.org")
    invite(email="b@example.org")
    with pytest.raises(TooMany, match="You have sent 2 invitations within the last hour"):
        invite(email="c@example.org")
    with pytest.raises(TooMany):
        ResendInvitation(actor=Actor(network.owner), invitation=first).execute()
    invite(email="c@example.org", actor=network.secretary)
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=61)):
        invite(email="d@example.org")


def test_reading_the_link_changes_nothing(network, invite, link):
    invite()
    answer = network.client().get(link())
    assert answer.status_code == 200
    html = answer.content.decode()
    for words in ("Invitation to Köprü Derneği", "Nihal Toprak invites you", "What it means", "Make your account"):
        assert words in html
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer.headers["Cache-Control"]
    assert Invitation.objects.get().accepted_at is None
    assert not get_user_model().objects.filter(email="derya@example.org").exists()


def test_somebody_without_an_account_makes_one_and_is_in(network, invite, link):
    invite(language="tr", role="editor")
    client = network.client()
    answer = client.post(link(), {"name": "Derya Su Ak", "password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/tr/cse/")
    user = get_user_model().objects.get(email="derya@example.org")
    assert (user.first_name, user.last_name) == ("Derya Su", "Ak")
    assert user.check_password(PASSWORD)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert people.language_of(user) == "tr"
    assert Seat.objects.get(user=user).role == "editor"
    assert can(user, "publish", network.kopru.space)
    invitation = Invitation.objects.get()
    assert invitation.accepted_by == user


def test_the_form_passes_the_check_against_forged_requests(network, invite, link):
    """A browser sends the page's own origin; with a stricter referrer policy it would send "null"."""
    invite()
    client = Client(enforce_csrf_checks=True)
    html = client.get(link()).content.decode()
    assert '<meta name="referrer" content="same-origin">' in html
    secret = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[1]
    data = {"name": "Derya Ak", "password": PASSWORD, "csrfmiddlewaretoken": secret}
    assert client.post(link(), data, headers={"origin": "null"}).status_code == 403
    assert client.post(link(), data, headers={"origin": "http://testserver"}).status_code == 302


def test_the_same_form_twice_is_harmless(network, invite, link):
    invite()
    client = network.client()
    data = {"name": "Derya Ak", "password": PASSWORD}
    client.post(link(), data)
    again = client.post(link(), data)
    assert (again.status_code, again.url) == (302, "/en/cse/")
    # The same form from a browser that did not get the first answer.
    elsewhere = network.client().post(link(), data)
    assert elsewhere.status_code == 410
    assert "already used" in elsewhere.content.decode()
    assert Seat.objects.filter(user__email="derya@example.org").count() == 1


def test_a_weak_password_loses_nothing(network, invite, link):
    invite()
    with override_settings(
        AUTH_PASSWORD_VALIDATORS=[
            {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
            {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        ]
    ):
        answer = network.client().post(link(), {"name": "Derya Ak", "password": "derya@example.org"})
        short = network.client().post(link(), {"name": "Derya Ak", "password": "kisa"})
    assert "too similar" in answer.content.decode()
    html = short.content.decode()
    assert "too short" in html
    assert 'value="Derya Ak"' in html
    assert not get_user_model().objects.filter(email="derya@example.org").exists()


def test_somebody_with_an_account_signs_in_first(network, invite, link):
    user = factories.user("derya")
    invite(email="Derya@example.org")
    answer = network.client().get(link())
    html = answer.content.decode()
    assert "You have an account here" in html
    assert f"next={link().replace('/', '%2F')}" in html
    assert network.client().post(link(), {"name": "X", "password": PASSWORD}).status_code == 200
    assert not Seat.objects.filter(user=user).exists()
    client = network.client(user)
    assert "Accept, and act for Köprü Derneği" in client.get(link()).content.decode()
    assert client.post(link()).status_code == 302
    assert can(user, "view", network.kopru.space)


def test_a_chosen_language_stays(network, invite, link):
    from wagtail_cse.core.preferences import SavePreferences

    user = factories.user("derya")
    SavePreferences(user=user, language="el").execute()
    invite(language="tr")
    network.client(user).post(link())
    assert people.language_of(user) == "el"


def test_another_person_gets_a_choice_and_learns_nothing(network, invite, link, django_capture_on_commit_callbacks):
    invite()
    client = network.client(network.stranger)
    for answer in (client.get(link()), client.post(link())):
        html = answer.content.decode()
        assert answer.status_code == 403
        assert "This invitation was sent to another address" in html
        assert "You are signed in as stranger@example.org" in html
        for secret in ("Köprü", "Nihal", "derya@example.org"):
            assert secret not in html
    assert not Seat.objects.filter(user=network.stranger).exists()
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(f"{link()}ask/")
    assert asked.url == link(0)
    letter = mail.outbox[1]
    assert letter.to == ["nihal@example.org"]
    assert "Sam Stone (stranger@example.org) opened the invitation" in letter.body
    out = client.post(f"{link(0)}sign-out/")
    assert out.url == link(0)
    assert "Make your account" in client.get(link(0)).content.decode()


@pytest.mark.parametrize(
    ("state", "status", "sentence", "asks"),
    [
        ("expired", 410, "This invitation has expired", True),
        ("withdrawn", 410, "This invitation was withdrawn", True),
        ("used", 410, "This invitation was already used", False),
        ("paused", 410, "This invitation does not work at the moment", True),
        ("unknown", 404, "This link is not right", False),
    ],
)
def test_a_link_that_does_not_lead_in_says_what_to_do(network, invite, link, state, status, sentence, asks):
    invitation = invite()
    address = link()
    if state == "expired":
        invitation.expires_at = timezone.now()
        invitation.save()
    elif state == "withdrawn":
        WithdrawInvitation(actor=Actor(network.owner), invitation=invitation).execute()
    elif state == "used":
        network.client().post(address, {"name": "Derya Ak", "password": PASSWORD})
    elif state == "paused":
        SuspendOrganisation(actor=Actor(network.secretary), organisation=network.kopru, reason="x").execute()
    else:
        address = address[:-5] + "wrong/"
    for answer in (
        network.client().get(address),
        network.client().post(address, {"name": "A", "password": PASSWORD}),
    ):
        html = answer.content.decode()
        assert answer.status_code == status
        assert sentence in html
        assert ("Ask for a new link" in html) is asks
        for secret in ("Köprü", "Nihal", "derya@example.org"):
            assert secret not in html


def test_asking_for_a_new_link_writes_once_a_day(network, invite, link, django_capture_on_commit_callbacks):
    invitation = invite()
    address = link()
    invitation.expires_at = timezone.now()
    invitation.save()
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            network.client().post(f"{address}ask/")
    assert len(mail.outbox) == 2
    letter = mail.outbox[1]
    assert letter.to == ["nihal@example.org"]
    assert letter.subject == "Somebody asks for a new invitation"
    assert "does not work any more" in letter.body
    assert "has been asked" in network.client().get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        network.client().post(f"{address[:-5]}wrong/ask/")
    assert len(mail.outbox) == 2


def test_a_request_goes_to_the_owners_when_the_inviter_is_gone(
    network, invite, link, django_capture_on_commit_callbacks
):
    invitation = invite(actor=network.secretary)
    Grant.objects.filter(user=network.secretary).delete()
    invitation.expires_at = timezone.now()
    invitation.save()
    with django_capture_on_commit_callbacks(execute=True):
        network.client().post(f"{link()}ask/")
    assert mail.outbox[1].to == ["nihal@example.org"]


def test_sent_again_the_old_link_no_longer_works(network, invite, link, django_capture_on_commit_callbacks):
    invitation = invite()
    old = link()
    invitation.expires_at = timezone.now()
    invitation.save()
    with django_capture_on_commit_callbacks(execute=True):
        ResendInvitation(actor=Actor(network.owner), invitation=invitation).execute()
    assert link() != old
    assert network.client().get(old).status_code == 404
    assert network.client().get(link()).status_code == 200
    invitation.refresh_from_db()
    assert invitation.expires_at > timezone.now() + dt.timedelta(days=13)


@override_settings(WAGTAIL_CSE_MEMBERS_INVITATION_DAYS=3)
def test_the_site_says_how_long_a_link_works(network, invite):
    invitation = invite()
    days = invitation.expires_at - timezone.now()
    assert dt.timedelta(days=2, hours=23) < days <= dt.timedelta(days=3)


def test_an_invitation_brings_a_role_in_a_space(network, invite, link):
    workspace = factories.space("Volunteers who stay", kind="partnership")
    with pytest.raises(PermissionDenied):
        invite(space=workspace, space_role="editor")
    factories.grant(workspace, "coordinator", user=network.owner)
    invitation = invite(space=workspace, space_role="editor")
    network.client().post(link(), {"name": "Derya Ak", "password": PASSWORD})
    user = get_user_model().objects.get(email="derya@example.org")
    grant = Grant.objects.get(space=workspace, user=user)
    assert grant.role == "editor"
    assert grant.through_id == network.kopru.pk
    assert grant.source == f"members.invitation:{invitation.uuid}"
    assert can(user, "change", workspace)


def test_people_land_where_they_were_invited_to(network, invite, link, monkeypatch):
    from wagtail_cse.members import invitations

    monkeypatch.setattr(invitations, "_landings", {})
    invitations.register_landing("partnership", lambda space, user: f"/workspace/{space.key}/")
    workspace = factories.space("Volunteers who stay", kind="partnership")
    factories.grant(workspace, "coordinator", user=network.owner)
    invite(space=workspace, space_role="commenter")
    answer = network.client().post(link(), {"name": "Derya Ak", "password": PASSWORD})
    assert answer.url == f"/workspace/{workspace.key}/"


def test_withdrawing_twice_and_after_acceptance(network, invite, link):
    invitation = invite()
    WithdrawInvitation(actor=Actor(network.owner), invitation=invitation).execute()
    with pytest.raises(AlreadyDone):
        WithdrawInvitation(actor=Actor(network.owner), invitation=invitation).execute()
    with pytest.raises(Invalid):
        ResendInvitation(actor=Actor(network.owner), invitation=invitation).execute()
    second = invite()
    network.client().post(link(), {"name": "Derya Ak", "password": PASSWORD})
    with pytest.raises(AlreadyDone):
        WithdrawInvitation(actor=Actor(network.owner), invitation=second).execute()
