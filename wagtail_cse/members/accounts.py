"""Accounts of invited people, for any `AUTH_USER_MODEL`: e-mail login or user names, any key, any name fields."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.utils.translation import gettext

from wagtail_cse.core import people
from wagtail_cse.core.exceptions import Invalid

from .conf import settings


def email_field() -> str:
    """The name of the user model's e-mail field."""
    return str(get_user_model().get_email_field_name())


def email_of(user: Any) -> str:
    return str(getattr(user, email_field(), "") or "")


def same_address(user: Any, email: str) -> bool:
    """Whether the account belongs to the address. Capital letters do not matter: people do not type them alike."""
    return bool(email) and email_of(user).lower() == email.lower()


def find_by_email(email: str) -> Any | None:
    """The account of an address, active ones first, or None."""
    users = get_user_model()._default_manager.filter(**{f"{email_field()}__iexact": email})
    return users.order_by("-is_active", "pk").first() if _has("is_active") else users.order_by("pk").first()


def person_name(user: Any | None) -> str:
    """The name to show, also for an account that is gone."""
    return people.display_name(user) if user is not None else gettext("somebody who has left")


def login_name(user: Any) -> str:
    """What the person types to sign in."""
    return str(user.get_username())


def new_user(email: str, name: str) -> Any:
    """An unsaved account; also what password validators compare the password with."""
    model = get_user_model()
    user = model(**{email_field(): model._default_manager.normalize_email(email)})
    if _has("is_active"):
        user.is_active = True
    if email_field() != model.USERNAME_FIELD:
        setattr(user, model.USERNAME_FIELD, _free_username(email))
    _set_name(user, name.strip())
    return user


def create_account(email: str, name: str, password: str) -> Any:
    """Create and return the account of an address that has none.

    A site with further required fields names its own function in `WAGTAIL_CSE_MEMBERS_CREATE_ACCOUNT`. Raises
    `Invalid` when the address has an account already, or the user model refuses the values.
    """
    if find_by_email(email) is not None:
        raise Invalid(gettext("There is an account for this address already. Sign in with it."), code="has_account")
    if settings.create_account is not None:
        return settings.create_account(email, name, password)
    user = new_user(email, name)
    user.set_password(password)
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    user.save()
    return user


def _has(name: str) -> bool:
    try:
        get_user_model()._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _set_name(user: Any, name: str) -> None:
    if _has("first_name") and _has("last_name"):
        first, _space, last = name.rpartition(" ")
        if not first:
            first, last = last, ""
        user.first_name, user.last_name = _fit("first_name", first), _fit("last_name", last)
        return
    for field in ("full_name", "name", "display_name"):
        if _has(field):
            setattr(user, field, _fit(field, name))
            return


def _fit(field: str, value: str) -> str:
    length = get_user_model()._meta.get_field(field).max_length
    return value[:length] if length else value


def _free_username(email: str) -> str:
    """The address itself, which the person remembers, where it fits and is free; else its first part, numbered."""
    model = get_user_model()
    field = model._meta.get_field(model.USERNAME_FIELD)
    longest = field.max_length or 150

    def free(candidate: str) -> bool:
        try:
            field.run_validators(candidate)
        except ValidationError:
            return False
        return not model._default_manager.filter(**{f"{model.USERNAME_FIELD}__iexact": candidate}).exists()

    if len(email) <= longest and free(email):
        return email
    stem = "".join(c for c in email.partition("@")[0] if c.isalnum() or c in "._-")[: longest - 6] or "person"
    number = 1
    candidate = stem
    while not free(candidate):
        number += 1
        candidate = f"{stem}{number}"
    return candidate
