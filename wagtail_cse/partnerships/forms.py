"""Forms of partnerships."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wagtail_cse.access.roles import Role
from wagtail_cse.members.accounts import person_name
from wagtail_cse.members.models import Organisation, Seat

from .models import Partnership, Stage
from .people import ROLES, People
from .stages import six_months_from

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def role_choices() -> list[tuple[str, str]]:
    """Roles that a coordinator gives, in words, strongest first."""
    labels = dict(Role.choices)
    return [(role, labels[role]) for role in ROLES]


class ChooseOrganisationsForm(forms.Form):
    """First step of a start: who takes part."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Who works together?"),
        help_text=gettext_lazy("Choose two or more organisations. Only those with a representative can be chosen."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose two or more organisations.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        seated = Seat.objects.valid().values("party")
        self.fields["organisations"].queryset = (
            Organisation.objects.members().filter(pk__in=seated).order_by("name", "pk")
        )

    def clean_organisations(self) -> list[Organisation]:
        chosen = list(self.cleaned_data["organisations"])
        if len(chosen) < 2:
            raise forms.ValidationError(_("Choose two or more organisations."))
        return chosen


class StartForm(forms.Form):
    """Second step: name, dates, and a role for each representative who shall be in."""

    title = forms.CharField(
        label=gettext_lazy("Name of the partnership"),
        max_length=150,
        help_text=gettext_lazy("A few words that both sides understand. It can be changed later."),
        error_messages={"required": gettext_lazy("Give the partnership a name.")},
    )
    goal = forms.CharField(
        label=gettext_lazy("What do they want to solve together?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts = forms.DateField(label=gettext_lazy("First day"), widget=DATE)
    ends = forms.DateField(
        label=gettext_lazy("Last day"), widget=DATE, help_text=gettext_lazy("Usually six months later.")
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, seats: dict[Organisation, list[Seat]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.seats = seats
        for rows in seats.values():
            for number, seat in enumerate(rows):
                self.fields[self._name(seat)] = forms.ChoiceField(
                    label=person_name(seat.user),
                    choices=[("", gettext_lazy("Not taking part")), *role_choices()],
                    required=False,
                    initial=Role.COORDINATOR if number == 0 and len(rows) == 1 else "",
                )

    @staticmethod
    def _name(seat: Seat) -> str:
        return f"seat{seat.pk}"

    @staticmethod
    def first_dates() -> dict[str, dt.date]:
        """What the date fields show first: from today, six months."""
        today = timezone.localdate()
        return {"starts": today, "ends": six_months_from(today)}

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Per organisation, the fields of its representatives."""
        return [
            {"organisation": organisation, "fields": [self[self._name(seat)] for seat in rows]}
            for organisation, rows in self.seats.items()
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("The last day must come after the first."))
        for organisation, rows in self.seats.items():
            roles = [cleaned.get(self._name(seat)) for seat in rows]
            if rows and Role.COORDINATOR not in roles:
                self.add_error(
                    self._name(rows[0]),
                    _("Choose at least one coordinator of %(organisation)s.") % {"organisation": organisation},
                )
        return cleaned

    @property
    def people(self) -> dict[Organisation, dict[Any, str]]:
        """For `StartPartnership`: chosen people and roles."""
        return {
            organisation: {
                seat.user: self.cleaned_data[self._name(seat)] for seat in rows if self.cleaned_data[self._name(seat)]
            }
            for organisation, rows in self.seats.items()
        }


class SettingsForm(forms.Form):
    """Name (in each language of the workspace), goal, dates."""

    title = forms.CharField(
        label=gettext_lazy("Name of the partnership"),
        max_length=150,
        error_messages={"required": gettext_lazy("Give the partnership a name.")},
    )
    goal = forms.CharField(
        label=gettext_lazy("What you want to solve together"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    starts = forms.DateField(label=gettext_lazy("First day"), widget=DATE)
    ends = forms.DateField(
        label=gettext_lazy("Last day"),
        widget=DATE,
        help_text=gettext_lazy("When you change the dates, the stages are planned anew between them."),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, partnership: Partnership, titles: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        self.languages = list(titles)
        for code in self.languages:
            field = forms.CharField(
                label=gettext_lazy("Name in %(language)s") % {"language": names.get(code, code)},
                max_length=150,
                required=False,
                initial=titles[code],
            )
            field.widget.attrs["lang"] = code
            self.fields[f"title_{code}"] = field
        self.order_fields(["title", *(f"title_{code}" for code in self.languages), "goal", "starts", "ends"])
        self.partnership = partnership

    @classmethod
    def initial_of(cls, partnership: Partnership) -> dict[str, Any]:
        return {name: getattr(partnership, name) for name in ("title", "goal", "starts", "ends", "revision")}

    @property
    def titles(self) -> dict[str, str]:
        """The names in other languages that were changed; the others follow the name where they had the same."""
        changed = [code for code in self.languages if f"title_{code}" in self.changed_data]
        return {code: self.cleaned_data.get(f"title_{code}", "") for code in changed}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("starts") and cleaned.get("ends") and cleaned["ends"] <= cleaned["starts"]:
            self.add_error("ends", _("The last day must come after the first."))
        return cleaned


class StageForm(forms.Form):
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), choices=Stage.choices)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class RevisionForm(forms.Form):
    """For buttons that change the whole: what the page showed when it was pressed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PersonForm(forms.Form):
    """One person of one partner organisation, as a row of the list posts it."""

    organisation = forms.IntegerField(widget=forms.HiddenInput)
    person = forms.CharField(widget=forms.HiddenInput, max_length=64)


class RoleForm(PersonForm):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=role_choices)
    was = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)


class AddForm(forms.Form):
    """A representative of one of the reader's organisations who is not in the workspace yet."""

    seat = forms.ChoiceField(
        label=gettext_lazy("Representative"), error_messages={"required": gettext_lazy("Choose a person.")}
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=role_choices, initial=Role.EDITOR)

    def __init__(self, *args: Any, people: People, seats: dict[int, list[Seat]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.rows = {
            str(seat.pk): (side.organisation, seat)
            for side in people.sides
            if side.mine
            for seat in seats[side.organisation.pk]
        }
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, (organisation, seat) in self.rows.items():
            groups.setdefault(organisation.name, []).append((key, person_name(seat.user)))
        self.fields["seat"].choices = [("", gettext_lazy("Choose a person")), *groups.items()]

    @property
    def chosen(self) -> tuple[Organisation, Seat]:
        return self.rows[self.cleaned_data["seat"]]


class InviteForm(forms.Form):
    """Somebody without a seat: gets one, and a role here, by a mailed link."""

    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"))
    person = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    role = forms.ChoiceField(label=gettext_lazy("Role in this workspace"), choices=role_choices, initial=Role.EDITOR)
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"))

    def __init__(self, *args: Any, organisations: list[Organisation], language: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.organisations = {str(organisation.pk): organisation for organisation in organisations}
        self.fields["organisation"].choices = [(key, row.name) for key, row in self.organisations.items()]
        if len(organisations) == 1:
            self.fields["organisation"].initial = str(organisations[0].pk)
            self.fields["organisation"].widget = forms.HiddenInput()
        self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = language

    @property
    def chosen(self) -> Organisation:
        return self.organisations[self.cleaned_data["organisation"]]
