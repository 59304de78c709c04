"""Run in a process of `tests.projects.plain`: Django's own user model, none of our page types."""

import re

from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.test.utils import setup_test_environment

from wagtail_cse.access.actions import GrantRole
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.network import network_space
from wagtail_cse.access.policies import can
from wagtail_cse.members import accounts
from wagtail_cse.members.actions import CreateOrganisation, InviteRepresentative


def walk():
    setup_test_environment()
    users = get_user_model()
    assert users.USERNAME_FIELD == "username"
    secretary = users.objects.create_user("sekreter", "sekreter@example.org", "secret")
    # Somebody already uses this address as a user name, with another address.
    users.objects.create_user("derya@example.org", "other@example.org", "secret")
    GrantRole(actor=None, space=network_space(), role="coordinator", user=secretary).execute()
    organisation = CreateOrganisation(
        actor=Actor(secretary),
        name="Köprü Derneği",
        side="tr",
        country="TR",
        kind="association",
        profile_language="tr",
    ).execute()
    seats = [join(organisation, secretary, name) for name in ("derya", "deniz")]
    assert [user.username for user in seats] == ["derya", "deniz@example.org"]
    assert [user.get_full_name() for user in seats] == ["Derya Ak", "Deniz Ak"]
    assert accounts.new_user("d" * 160 + "@example.org", "").username == "d" * 144
    directory = Client().get("/en/cse/organisations/")
    assert directory.status_code == 200
    assert b"No organisation has a public profile yet" in directory.content
    print("walked to the end")


def join(organisation, secretary, name):
    email = f"{name}@example.org"
    InviteRepresentative(actor=Actor(secretary), organisation=organisation, email=email, language="en").execute()
    link = re.search(r"http://testserver(\S+/invitations/\S+)", mail.outbox[-1].body)[1]
    client = Client()
    answer = client.post(link, {"name": f"{name.capitalize()} Ak", "password": "kirmizi-bisiklet-42"}, follow=True)
    assert answer.status_code == 200, answer.status_code
    user = get_user_model().objects.get(email=email)
    told = "Your user name, for signing in, is" in answer.content.decode()
    assert told is (user.username != email)
    assert can(user, "view", organisation.space)
    assert Client().login(username=user.username, password="kirmizi-bisiklet-42")
    return user
