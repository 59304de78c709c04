"""The secretariat's list, an organisation's own page, and the facts about it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views import View
from wagtail.models import Locale

from wagtail_cse.access.acting import actor
from wagtail_cse.access.network import is_secretariat
from wagtail_cse.core import sections
from wagtail_cse.core.actions import Action

from ..actions import CreateOrganisation, ReactivateOrganisation, SuspendOrganisation, UpdateOrganisation
from ..conf import settings
from ..directory import directory_context
from ..forms import FactsForm, OrganisationForm, SuspendForm
from ..history import history
from ..models import Organisation, Side
from ..policies import may_administer, may_edit_profile
from ..profiles import SECTION, best_profile, profiles_of
from ..roster import invitation_rows, people_rows
from ..working_languages import language_names
from .base import ButtonView, FormPage, OrganisationFormView, OrganisationView, SecretariatView


class DirectoryView(View):
    """The public list, also where the site has no page for it; where it has one, that is the canonical address."""

    def get(self, request: Any) -> HttpResponse:
        locale = Locale.objects.filter(language_code=get_language()).first()
        page = sections.get(SECTION).find(locale=locale) if locale else None
        context = directory_context(request)
        if page is not None and page.live:
            context["canonical"] = page.get_full_url(request)
        return render(request, "wagtail_cse/members/organisation_directory.html", context)


class OrganisationListView(SecretariatView):
    """All organisations, whatever their state: search, filters, pages."""

    def get(self, request: Any) -> HttpResponse:
        query = request.GET.get("q", "").strip()[:100]
        side, status = request.GET.get("side", ""), request.GET.get("status", "")
        rows = Organisation.objects.administered().named(query)
        if side in Side.values:
            rows = rows.filter(side=side)
        if status in Organisation.Status.values:
            rows = rows.filter(status=status)
        if request.GET.get("invitations") == "expired":
            rows = rows.filter(pk__in=_with_expired_invitations())
        page_obj = Paginator(rows.order_by("name", "pk"), settings.page_size).get_page(request.GET.get("page"))
        context = {
            "page_obj": page_obj,
            "query": query,
            "side": side,
            "status": status,
            "expired": request.GET.get("invitations") == "expired",
            "sides": Side.choices,
            "statuses": Organisation.Status.choices,
            "narrowed": bool(query or side or status or request.GET.get("invitations")),
        }
        return render(request, "wagtail_cse/members/organisation_list.html", context)


def _with_expired_invitations() -> Any:
    waiting = Organisation.objects.filter(invitations__accepted_at=None, invitations__withdrawn_at=None)
    return waiting.filter(invitations__expires_at__lte=timezone.now()).values("pk")


class OrganisationCreateView(FormPage, SecretariatView):
    title = gettext_lazy("Admit an organisation")
    lead = gettext_lazy("Afterwards you invite its first people. They look after everything else.")
    submit = gettext_lazy("Admit this organisation")
    success = "yes"

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        return OrganisationForm(data)

    def make_action(self, form: forms.Form) -> Action[Any]:
        return CreateOrganisation(actor=actor(self.request), **form.cleaned_data)

    def success_message(self, result: Any) -> str:
        return gettext("%(organisation)s is a member now. Invite its first people.") % {"organisation": result.name}

    def done_url(self, result: Any) -> str:
        if result is None:
            return reverse("cse_members:organisation-list")
        return reverse("cse_members:organisation", kwargs={"slug": result.slug})

    def context(self) -> dict[str, Any]:
        url = reverse("cse_members:organisation-list")
        return {"crumbs": [{"label": gettext("Organisations"), "url": url}], "cancel_url": url}


class OrganisationPeopleView(OrganisationView):
    """One organisation: its people and mandates, and for those who look after it invitations, state and history."""

    right = "see"

    def get(self, request: Any) -> HttpResponse:
        organisation = self.organisation
        secretariat = is_secretariat(request.user)
        administers = secretariat or may_administer(request.user, organisation)
        profiles = list(profiles_of(organisation))
        context = {
            "organisation": organisation,
            "people": people_rows(organisation, me=request.user, all_mandates=administers),
            "invitations": invitation_rows(organisation) if administers else [],
            "history": history(organisation) if administers else [],
            "administers": administers,
            "secretariat": secretariat,
            "active": organisation.is_public,
            "working_languages": language_names(organisation.languages),
            "profile": best_profile([page for page in profiles if page.live]),
            "may_edit_profile": may_edit_profile(request.user, organisation),
        }
        return render(request, "wagtail_cse/members/organisation_people.html", context)


class FactsView(OrganisationFormView):
    submit = gettext_lazy("Save the facts")
    success = gettext_lazy("Saved.")

    @property
    def title(self) -> str:  # type: ignore[override]
        return gettext("Facts about %(organisation)s") % {"organisation": self.organisation.name}

    @property
    def lead(self) -> str:  # type: ignore[override]
        if is_secretariat(self.request.user):
            return ""
        return gettext("Name, country and registry number were checked at admission: the secretariat changes them.")

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        only = None if is_secretariat(self.request.user) else UpdateOrganisation.OWN
        initial = {name: getattr(self.organisation, name) for name in FactsForm.base_fields}
        initial["country"] = str(self.organisation.country)
        return FactsForm(data, only=only, initial=initial)

    def make_action(self, form: forms.Form) -> Action[Any]:
        return UpdateOrganisation(actor=self.actor, organisation=self.organisation, **form.cleaned_data)


class SuspendView(OrganisationFormView):
    right = "secretariat"
    danger = True
    success = gettext_lazy("The organisation is suspended.")

    @property
    def title(self) -> str:  # type: ignore[override]
        return gettext("Suspend %(organisation)s?") % {"organisation": self.organisation.name}

    lead = gettext_lazy(
        "At once its people can no longer enter any workspace on its behalf, sign for it or invite others, and its "
        "public profile is taken off the site. Nothing is deleted; you can reactivate it."
    )

    @property
    def submit(self) -> str:  # type: ignore[override]
        return gettext("Suspend %(organisation)s") % {"organisation": self.organisation.name}

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        return SuspendForm(data)

    def make_action(self, form: forms.Form) -> Action[Any]:
        return SuspendOrganisation(
            actor=self.actor, organisation=self.organisation, reason=form.cleaned_data["reason"]
        )


class ReactivateView(ButtonView):
    right = "secretariat"

    def make_action(self) -> Action[Any]:
        return ReactivateOrganisation(actor=self.actor, organisation=self.organisation)

    def success(self, result: Any) -> str:
        return gettext("%(organisation)s is a member again.") % {"organisation": result.name}
