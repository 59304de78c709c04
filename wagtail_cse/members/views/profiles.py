"""Write the public profile in the language of the page one is reading."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext, gettext_lazy

from wagtail_cse.core.actions import Action
from wagtail_cse.core.switch import own_name

from .. import markup
from ..actions import SaveProfile
from ..actions.profiles import TEXTS
from ..forms import ProfileForm
from ..policies import may_edit_profile
from ..profiles import profile_in, profiles_of
from .base import OrganisationFormView


class ProfileEditView(OrganisationFormView):
    """The profile form; each language of the site has its own page and its own form."""

    template = "wagtail_cse/members/organisation_profile_form.html"
    right = "see"
    submit = gettext_lazy("Save and publish")
    success = gettext_lazy("Your profile is saved, and everybody can read it.")

    def has_right(self) -> bool:
        return may_edit_profile(self.request.user, self.organisation)

    @property
    def language(self) -> str:
        return get_language() or ""

    @property
    def title(self) -> str:  # type: ignore[override]
        return gettext("Public profile of %(organisation)s") % {"organisation": self.organisation.name}

    @property
    def page(self) -> Any | None:
        """The page in this language with its newest revision, or None."""
        if not hasattr(self, "_page"):
            page = profile_in(self.organisation, self.language)
            self._page = page.get_latest_revision_as_object() if page is not None else None
        return self._page

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        initial: dict[str, Any] = {}
        if self.page is not None:
            initial = {name: getattr(self.page, name) for name in TEXTS}
            initial["mission"] = markup.to_text(self.page.mission)
            initial["base"] = self.page.latest_revision_id
        form = ProfileForm(data, files, initial=initial)
        if self.page is None or self.page.logo_id is None:
            del form.fields["remove_logo"]
        return form

    def make_action(self, form: forms.Form) -> Action[Any]:
        data = form.cleaned_data
        logo = data["logo"] or (False if data.get("remove_logo") else None)
        return SaveProfile(
            actor=self.actor,
            organisation=self.organisation,
            language=self.language,
            texts={name: self._text(name, data) for name in TEXTS},
            base=data["base"],
            logo=logo,
        )

    def _text(self, name: str, data: dict[str, Any]) -> str:
        if name != "mission":
            return data[name].replace("\r\n", "\n")
        # Untouched text stays as it is stored, byte for byte: it may hold what the marks cannot say.
        stored = self.page.mission if self.page is not None else ""
        typed = data[name].replace("\r\n", "\n").strip()
        return stored if typed == markup.to_text(stored).strip() else markup.to_html(typed)

    def done_url(self, result: Any) -> str:
        page = result or profile_in(self.organisation, self.language)
        url = page.get_url(self.request) if page is not None and page.live else None
        return url or self.home

    def context(self) -> dict[str, Any]:
        others = [page for page in profiles_of(self.organisation) if page.locale.language_code != self.language]
        return {
            **super().context(),
            "page_class": "",
            "language_name": own_name(self.language, self.language),
            "is_new": self.page is None,
            "other_languages": [own_name(page.locale.language_code, "") for page in others],
            "logo": self.page.logo if self.page is not None else None,
        }
