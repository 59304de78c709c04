"""What the views on one organisation share."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views import View
from django.views.decorators.cache import never_cache

from wagtail_cse.access.acting import actor
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.network import is_secretariat
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, CseError, NotAllowed, Stale

from ..exceptions import TooMany
from ..models import Organisation
from ..policies import may_administer, may_see_people


def find(source: Any, **lookup: Any) -> Any:
    """The one object, or the bare 404 of an address that does not exist."""
    rows = source.objects if isinstance(source, type) else source
    found = rows.filter(**lookup).first()
    if found is None:
        raise Http404
    return found


def status_of(error: CseError) -> int:
    """The HTTP status of a form that comes back with this error."""
    if isinstance(error, NotAllowed):
        return 403
    if isinstance(error, Stale):
        return 409
    return 429 if isinstance(error, TooMany) else 200


@method_decorator(never_cache, name="dispatch")
class SecretariatView(LoginRequiredMixin, View):
    """For the secretariat; everybody else gets the 404 of an address that does not exist."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not is_secretariat(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


@method_decorator(never_cache, name="dispatch")
class OrganisationView(LoginRequiredMixin, View):
    """On one organisation: 404 for outsiders, 403 for its people without the right.

    Who is not signed in is asked to, before anything is looked up: the answer is the same for every address.
    """

    organisation: Organisation
    #: "see" (everybody in it), "administer" (owners and secretariat) or "secretariat".
    right = "administer"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        organisation = Organisation.objects.select_related("space").filter(slug=kwargs.pop("slug")).first()
        if organisation is None or not may_see_people(request.user, organisation):
            raise Http404
        self.organisation = organisation
        if not self.has_right():
            raise NotAllowed(
                gettext("Your role in %(organisation)s does not include this. Ask one of its owners.")
                % {"organisation": organisation.name}
            )
        return super().dispatch(request, *args, **kwargs)

    def has_right(self) -> bool:
        if self.right == "administer":
            return may_administer(self.request.user, self.organisation)
        return self.right == "see" or is_secretariat(self.request.user)

    @property
    def actor(self) -> Actor:
        return actor(self.request)

    @property
    def home(self) -> str:
        """The page of the organisation's people."""
        return reverse("cse_members:organisation", kwargs={"slug": self.organisation.slug})

    def crumbs(self) -> list[dict[str, str]]:
        return [{"label": self.organisation.name, "url": self.home}]


class FormPage:
    """A form on its own page that runs one action. On any error the typed text is still there."""

    template = "wagtail_cse/members/organisation_form.html"
    title = ""
    lead = ""
    submit = ""
    success = ""
    danger = False
    request: Any

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        raise NotImplementedError

    def make_action(self, form: forms.Form) -> Action[Any]:
        raise NotImplementedError

    def done_url(self, result: Any) -> str:
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return {}

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.make_form())

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form)
        try:
            result = self.make_action(form).execute()
        except AlreadyDone as error:
            # The first of two equal forms did the work.
            messages.info(request, error.message)
            return redirect(self.done_url(None))
        except CseError as error:
            form.add_error(error.code if error.code in form.fields else None, error.message)
            return self.show(form, status=status_of(error))
        if self.success:
            messages.success(request, self.success_message(result))
        return redirect(self.done_url(result))

    def success_message(self, result: Any) -> str:
        return self.success

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "title": self.title,
            "lead": self.lead,
            "submit": self.submit,
            "danger": self.danger,
            "page_class": "cse-narrow",
            **self.context(),
        }
        return render(self.request, self.template, context, status=status)


class OrganisationFormView(FormPage, OrganisationView):
    """A form on one organisation; afterwards back to its page."""

    def done_url(self, result: Any) -> str:
        return self.home

    def context(self) -> dict[str, Any]:
        return {"organisation": self.organisation, "crumbs": self.crumbs(), "cancel_url": self.home}


class ButtonView(OrganisationView):
    """One button: does it at once, says so, goes back. Twice is harmless."""

    http_method_names = ["post", "options"]

    def make_action(self) -> Action[Any]:
        raise NotImplementedError

    def success(self, result: Any) -> str:
        raise NotImplementedError

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            result = self.make_action().execute()
        except AlreadyDone as error:
            messages.info(request, error.message)
        except NotAllowed:
            raise
        except CseError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, self.success(result))
        return redirect(self.home)
