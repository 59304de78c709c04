"""What people type about organisations, their people, mandates and invitations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings as django_settings
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail.images.fields import WagtailImageField

from wagtail_cse.core.switch import own_name

from .accounts import new_user, person_name
from .models import Mandate, Organisation, OrganisationKind, Seat, Side
from .page_mixins import OrganisationPageMixin
from .working_languages import LANGUAGES

#: Role -> its name, and what it lets a person do: nobody should have to guess.
ROLE_WORDS: dict[str, Any] = {
    Seat.Role.OWNER: _("Owner: invites people, gives mandates, changes the profile"),
    Seat.Role.REPRESENTATIVE: _("Representative: works for the organisation in partnerships"),
    Seat.Role.EDITOR: _("Editor: also changes and publishes the profile"),
    Seat.Role.TRANSLATOR: _("Translator: helps with texts in other languages"),
}


def site_languages() -> list[tuple[str, str]]:
    return [(code, own_name(code, name)) for code, name in django_settings.LANGUAGES]


def country_choices() -> list[tuple[str, str]]:
    return [("", str(_("Choose a country"))), *((country.code, country.name) for country in countries)]


class DateField(forms.DateField):
    """A day, by the browser's own calendar where it has one."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_error_messages = {"invalid": _("Write the day as in 2027-02-28.")}

    def __init__(self, **kwargs: Any):
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"], **kwargs)


class FactsForm(forms.Form):
    """Facts of an organisation; an owner gets only those that he may change."""

    name = forms.CharField(label=_("Name of the organisation"), max_length=200, help_text=_("As in your statutes."))
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=_("Country"), choices=lazy(country_choices, list)())
    city = forms.CharField(
        label=_("Town or province"),
        max_length=80,
        required=False,
        help_text=_("Everybody can read it. A province is enough where an exact place would not be safe."),
    )
    registry_number = forms.CharField(
        label=_("Registry number"), max_length=40, required=False, help_text=_("Only the secretariat sees it.")
    )
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        choices=list(LANGUAGES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, only: frozenset[str] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if only is not None:
            for name in set(self.fields) - only:
                del self.fields[name]


class OrganisationForm(FactsForm):
    """A new organisation."""

    profile_language = forms.ChoiceField(
        label=_("Make a public profile page in"),
        required=False,
        help_text=_("It is empty at first; the organisation writes it. You can also leave it for later."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["profile_language"]
        field.choices = [("", _("No page for now")), *site_languages()]  # type: ignore[attr-defined]
        field.initial = get_language()


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("The person gets a link there. Nobody else can use it."),
    )
    name = forms.CharField(label=_("Name"), max_length=150, required=False)
    role = forms.ChoiceField(
        label=_("Role"),
        choices=list(ROLE_WORDS.items()),
        widget=forms.RadioSelect,
        initial=Seat.Role.REPRESENTATIVE,
    )
    language = forms.ChoiceField(
        label=_("Language of the mail"), help_text=_("The site will speak this language with the person.")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        field.choices = site_languages()  # type: ignore[attr-defined]
        field.initial = get_language()


class SeatForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=list(ROLE_WORDS.items()), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Function"), max_length=120, required=False, help_text=_("For example “chair of the board”.")
    )
    without_owner = forms.BooleanField(required=False, label=_("Yes, the organisation has no owner from now on"))

    def __init__(self, *args: Any, last_owner: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not last_owner:
            del self.fields["without_owner"]


class RemoveSeatForm(forms.Form):
    without_owner = forms.BooleanField(required=False, label=_("Yes, the organisation has no owner from now on"))

    def __init__(self, *args: Any, last_owner: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not last_owner:
            del self.fields["without_owner"]


class MandateForm(forms.Form):
    user = forms.ChoiceField(label=_("Who"))
    purpose = forms.ChoiceField(
        label=_("For what"), choices=Mandate.Purpose.choices, widget=forms.RadioSelect, initial=Mandate.Purpose.SIGN
    )
    function = forms.CharField(
        label=_("Function"),
        max_length=120,
        required=False,
        help_text=_("Shown with every signature, for example “chair of the board”."),
    )
    starts = DateField(label=_("First day"))
    ends = DateField(label=_("Last day"), required=False, help_text=_("Empty: until you withdraw it."))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any):
        super().__init__(*args, **kwargs)
        seats = Seat.objects.valid().filter(party=organisation.party_ptr).select_related("user").order_by("pk")
        self.people = {str(seat.user_id): seat.user for seat in seats}
        choices = [(key, person_name(user)) for key, user in self.people.items()]
        self.fields["user"].choices = choices  # type: ignore[attr-defined]
        self.fields["starts"].initial = organisation.today()

    def clean_user(self) -> Any:
        return self.people[self.cleaned_data["user"]]


class SuspendForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the history of the organisation."),
    )


class LogoField(WagtailImageField):
    """Wagtail's checks (format, bytes, pixels), in sentences of ours: its own are not in every language."""

    def __init__(self, **kwargs: Any):
        super().__init__(**kwargs)
        self.error_messages.update(
            invalid_image=_("This file is not an image that we can read. Choose a PNG or JPEG file."),
            invalid_image_extension=_("Choose an image file, for example PNG or JPEG."),
            invalid_image_known_format=_("The file is not what its name says. Choose another."),
            file_too_large=_("This image is too large. Choose one with fewer bytes."),
            file_too_large_unknown_size=_("This image is too large. Choose one with fewer bytes."),
            file_too_many_pixels=_("This image has too many pixels. Make it smaller, then choose it again."),
            empty=_("This file is empty. Choose another."),
        )
        self.help_text = _("PNG or JPEG. It replaces the two letters.")

    def to_python(self, data: Any) -> Any:
        # Before Wagtail reads it into memory; the limit is the site's of this moment.
        self.max_upload_size = getattr(django_settings, "WAGTAILIMAGES_MAX_UPLOAD_SIZE", 10 * 1024 * 1024)
        if data not in self.empty_values and self.max_upload_size is not None and data.size > self.max_upload_size:
            raise ValidationError(self.error_messages["file_too_large"], code="file_too_large")
        try:
            return super().to_python(data)
        except OSError as error:
            # Wagtail decodes it to see its size, and does not expect half a file.
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


def _text(name: str, rows: int) -> forms.CharField:
    """A field of the profile form, with label, hint and length of the page's own field."""
    field = OrganisationPageMixin._meta.get_field(name)
    widget = forms.Textarea(attrs={"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(
        label=field.verbose_name,
        help_text=field.help_text,
        max_length=field.max_length,
        required=False,
        widget=widget,
    )


class ProfileForm(forms.Form):
    """The profile in one language, as plain text; `markup` says which marks the long text knows."""

    intro = _text("intro", 2)
    mission = forms.CharField(
        label=_("What you do"),
        required=False,
        max_length=20000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "An empty line begins a new paragraph. “### ” makes a heading, “- ” an item of a list, **two stars** "
            "make it strong, [words](https://…) a link."
        ),
    )
    themes = _text("themes", 1)
    target_groups = _text("target_groups", 1)
    offers = _text("offers", 4)
    needs = _text("needs", 4)
    contact_note = _text("contact_note", 3)
    logo = LogoField(label=_("Logo"), required=False)
    remove_logo = forms.BooleanField(label=_("Take the logo away"), required=False)
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AccountForm(forms.Form):
    """For somebody who was invited and has no account yet."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = " ".join(password_validation.password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password:
            try:
                password_validation.validate_password(password, new_user(self.email, cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
