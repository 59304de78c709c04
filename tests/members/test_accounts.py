"""Accounts for any user model: the tests' own (e-mail login), and Django's own with user names."""

import pytest
from django.contrib.auth import get_user_model
from django.test import override_settings

from tests import factories
from tests.commands import django
from wagtail_cse.core.exceptions import Invalid
from wagtail_cse.members import accounts


def test_an_account_for_a_model_with_e_mail_login(db):
    user = accounts.create_account("Derya@Example.ORG", "Derya Su Ak", "kirmizi-bisiklet-42")
    assert (user.email, user.first_name, user.last_name) == ("Derya@example.org", "Derya Su", "Ak")
    assert user.check_password("kirmizi-bisiklet-42")
    assert accounts.find_by_email("derya@example.org") == user
    assert accounts.same_address(user, "DERYA@example.org")
    assert not accounts.same_address(user, "")
    with pytest.raises(Invalid) as caught:
        accounts.create_account("derya@example.org", "Other", "kirmizi-bisiklet-42")
    assert caught.value.code == "has_account"


def test_one_name_is_a_first_name(db):
    user = accounts.create_account("a@example.org", "Derya", "kirmizi-bisiklet-42")
    assert (user.first_name, user.last_name) == ("Derya", "")


def test_a_site_with_user_names_and_without_our_pages(tmp_path):
    """The whole way of an invitation on a site with Django's own user model; asserts stand in `username_site`."""
    site = {"DJANGO_SETTINGS_MODULE": "tests.projects.plain", "CSE_TEST_DIR": str(tmp_path), "DATABASE_URL": None}
    django("migrate", "--no-input", "-v0", **site)
    said = django("shell", "-v0", "-c", "from tests.members.username_site import walk; walk()", **site)
    assert "walked to the end" in said.stdout


def own_account(email, name, password):
    return get_user_model().objects.create_user(email, password, first_name="Made by the site")


def test_a_site_makes_accounts_its_own_way(db):
    with override_settings(WAGTAIL_CSE_MEMBERS_CREATE_ACCOUNT="tests.members.test_accounts.own_account"):
        user = accounts.create_account("a@example.org", "Derya", "kirmizi-bisiklet-42")
    assert user.first_name == "Made by the site"


def test_an_active_account_comes_first(db):
    factories.user("a", is_active=False)
    assert accounts.find_by_email("A@example.org").is_active is False
    assert accounts.find_by_email("b@example.org") is None


def test_a_name_is_never_an_address(db):
    assert accounts.person_name(get_user_model()(email="derya@example.org")) == "derya"
    assert accounts.person_name(None) == "somebody who has left"
