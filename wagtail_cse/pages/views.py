"""The screen on which a network is set up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wagtail_cse.access.acting import actor
from wagtail_cse.access.network import is_secretariat
from wagtail_cse.core.exceptions import AlreadyDone, CseError, NotAllowed

from . import setup
from .actions import AppointSecretary, SetUpNetwork, only_secretariat
from .forms import SecretaryForm


def _require(request: HttpRequest) -> None:
    if not is_secretariat(request.user):
        raise NotAllowed(only_secretariat())


@login_required
@never_cache
def set_up(request: HttpRequest) -> HttpResponse:
    """Lists what is missing; a POST makes exactly what was ticked on the page that was seen."""
    _require(request)
    if request.method == "POST":
        made = SetUpNetwork(actor=actor(request), keys=request.POST.getlist("make")).execute()
        if made:
            text = ngettext("%(number)s thing was made.", "%(number)s things were made.", len(made))
            messages.success(request, text % {"number": len(made)})
        else:
            messages.info(request, _("Nothing was made: nothing was ticked, or it is there already."))
        return redirect("cse_pages:setup")
    return _page(request, SecretaryForm())


@login_required
@require_POST
def appoint(request: HttpRequest) -> HttpResponse:
    _require(request)
    form = SecretaryForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    try:
        AppointSecretary(actor=actor(request), email=form.cleaned_data["email"]).execute()
    except AlreadyDone as error:
        messages.info(request, error.message)
    except CseError as error:
        form.add_error("email", error.message)
        return _page(request, form)
    else:
        messages.success(request, _("%(email)s belongs to the secretariat now.") % form.cleaned_data)
    return redirect("cse_pages:setup")


def _page(request: HttpRequest, form: SecretaryForm) -> HttpResponse:
    copies = setup.workspace_copies()
    context = {
        "missing": setup.missing(),
        "copies": len(copies),
        "has_secretariat": setup.has_secretariat(),
        "form": form,
    }
    return render(request, "wagtail_cse/pages/setup.html", context)
