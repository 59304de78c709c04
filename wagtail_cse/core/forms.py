from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model, password_validation
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext_lazy as _

from . import mail, people, places, preferences, switch, times
from .attempts import Attempts

TOO_MANY = _(
    "Too many tries. Please wait a quarter of an hour, or ask for a new password. "
    "Your account and your work are safe."
)


def signs_in_by_email() -> bool:
    """Whether the site's user model signs in with an e-mail address."""
    user_model = get_user_model()
    return isinstance(user_model._meta.get_field(user_model.USERNAME_FIELD), models.EmailField)


def name_of(typed: str) -> str:
    """The name to sign in with: where users have names, an e-mail address that belongs to one person is as good."""
    user_model = get_user_model()
    if signs_in_by_email() or "@" not in typed:
        return typed
    manager = user_model._default_manager
    if manager.filter(**{user_model.USERNAME_FIELD: typed}).exists():
        return typed
    matches = manager.filter(**{f"{user_model.get_email_field_name()}__iexact": typed}, is_active=True)[:2]
    return matches[0].get_username() if len(matches) == 1 else typed


class SignInForm(AuthenticationForm):
    """Name or e-mail (whatever the site's users sign in with), password, "stay signed in"."""

    stay = forms.BooleanField(
        label=_("Stay signed in for 14 days"), help_text=_("Not on a shared computer."), required=False
    )
    error_messages = {
        "invalid_login": _("This name and password do not fit together. Capital and small letters matter."),
        "inactive": _("This name and password do not fit together. Capital and small letters matter."),
        "too_many": TOO_MANY,
    }

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any):
        super().__init__(request, *args, **kwargs)
        name = self.fields["username"]
        name.label = _("E-mail address") if signs_in_by_email() else _("User name or e-mail address")
        if signs_in_by_email():
            name.widget.input_type = "email"
        name.widget.attrs.pop("autofocus", None)
        self.fields["password"].label = _("Password")

    def clean(self) -> dict[str, Any]:
        attempts = Attempts("sign-in", self.request, self.cleaned_data.get("username", ""))
        # Asked before the password is looked at: a right guess during the pause must not be told from a wrong one.
        if attempts.exhausted():
            raise ValidationError(self.error_messages["too_many"], code="too_many")
        self.cleaned_data["username"] = name_of(self.cleaned_data.get("username", ""))
        try:
            cleaned = super().clean()
        except ValidationError:
            attempts.count()
            raise
        attempts.forget()
        return cleaned


class ResetForm(PasswordResetForm):
    """Asks for a link; says the same whether the address is known or not."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")

    def save(self, request: Any = None, token_generator: Any = default_token_generator, **kwargs: Any) -> None:  # type: ignore[override]
        """One letter per matching person, in her language; silently nothing when somebody asks too often."""
        address = self.cleaned_data["email"]
        attempts = Attempts("password-reset", request, address)
        if attempts.exhausted():
            return
        attempts.count()
        for user in self.get_users(address):
            language = people.language_of(user)
            key = user._meta.pk.value_to_string(user)
            with translation.override(language):
                path = reverse(
                    "cse_core:password-reset-confirm",
                    kwargs={
                        "uidb64": urlsafe_base64_encode(force_bytes(key)),
                        "token": token_generator.make_token(user),
                    },
                )
            mail.send("core/password_reset", user, {"url": mail.absolute(path), "until": self.until(user, language)})

    @staticmethod
    def until(user: Any, language: str) -> str:
        """When the link ends, in the person's words and zone."""
        end = timezone.now() + dt.timedelta(seconds=django_settings.PASSWORD_RESET_TIMEOUT)
        with translation.override(language), timezone.override(people.zone_of(user)):
            return times.moment_words(end)


def _name_passwords(form: Any) -> None:
    form.fields["new_password1"].label = _("New password")
    form.fields["new_password2"].label = _("New password, once more")
    form.fields["new_password2"].help_text = ""
    form.fields["new_password1"].help_text = password_validation.password_validators_help_text_html()


class NewPasswordForm(SetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _name_passwords(self)


class ChangePasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        _name_passwords(self)
        self.fields["old_password"].label = _("Your password now")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)


class ConfirmIdentityForm(forms.Form):
    """The person's own password, once more."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: Any, **kwargs: Any):
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        user = self.request.user
        attempts = Attempts("confirm", self.request, str(user.pk))
        if attempts.exhausted():
            raise ValidationError(TOO_MANY, code="too_many")
        password = self.cleaned_data["password"]
        if not user.check_password(password):
            attempts.count()
            raise ValidationError(
                _("This is not your password. Capital and small letters matter."), code="wrong_password"
            )
        attempts.forget()
        return password


class PreferencesForm(forms.Form):
    """Name (where the site's user model has one), language, time zone."""

    first_name = forms.CharField(label=_("First name"), max_length=100, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("For letters to you, and for pages whose address does not say a language."),
        widget=forms.RadioSelect,
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Dates and times are shown by your clock first. Type the first letters to find your place."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        self.user = user
        own_names = preferences.name_fields(user)
        initial = {
            "language": people.language_of(user),
            "zone": str(people.zone_of(user)),
            **{name: getattr(user, name) for name in own_names},
        }
        super().__init__(*args, **{**kwargs, "initial": initial})
        for name in preferences.NAME_FIELDS:
            label = self.fields.pop(name).label
            if name in own_names:
                # As long as the site's user model allows.
                length = user._meta.get_field(name).max_length
                hint = "given-name" if name == "first_name" else "family-name"
                widget = forms.TextInput(attrs={"autocomplete": hint})
                self.fields[name] = forms.CharField(label=label, max_length=length, required=False, widget=widget)
        self._choices("language", [(code, switch.own_name(code, name)) for code, name in django_settings.LANGUAGES])
        self._choices("zone", self._zones(str(initial["zone"])))
        self.fields["zone"].widget.attrs["data-cse-zone"] = ""
        self.order_fields([*preferences.NAME_FIELDS, "language", "zone"])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @staticmethod
    def _zones(current: str) -> list[Any]:
        groups: list[Any] = list(places.zone_choices(timezone.now()))
        if current not in places.zone_names():
            groups.insert(0, (current, current))
        return groups

    def action(self) -> preferences.SavePreferences:
        data = self.cleaned_data
        names = {name: data[name] for name in preferences.name_fields(self.user)}
        return preferences.SavePreferences(user=self.user, language=data["language"], zone=data["zone"], names=names)
