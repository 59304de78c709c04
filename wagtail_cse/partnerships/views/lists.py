"""The partnerships of one person, and starting a new one."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from wagtail_cse.access.acting import actor
from wagtail_cse.core.exceptions import AlreadyDone, CseError, NotAllowed

from .. import next_steps, page_models, policies, stages
from ..actions import StartPartnership
from ..dates import period
from ..forms import ChooseOrganisationsForm, StartForm
from ..models import Partnership
from ..people import seats_of
from ..tabs import workspace_url


def rows_of(request: HttpRequest, partnerships: list[Partnership]) -> list[dict[str, Any]]:
    """What the list shows of each partnership; the number of queries does not depend on how many there are."""
    reader = next_steps.reader_of(request, partnerships)
    steps = next_steps.for_reader(partnerships, reader)
    titles = page_models.titles(partnerships, get_language() or "")
    return [
        {
            "partnership": partnership,
            "title": titles.get(partnership.pk, partnership.title),
            "url": workspace_url(partnership),
            "organisations": [partner.organisation for partner in partnership.partners.all()],
            "period": period(partnership.starts, partnership.ends),
            "step": steps[partnership.pk][0],
        }
        for partnership in partnerships
    ]


def list_context(request: HttpRequest) -> dict[str, Any]:
    """The reader's own partnerships; nothing for somebody who is not signed in."""
    if not request.user.is_authenticated:
        return {"signed_in": False, "running": [], "archived": [], "may_start": False}
    mine = rows_of(request, list(Partnership.objects.for_list(request.user)))
    archived = Partnership.Status.ARCHIVED
    return {
        "signed_in": True,
        "running": [row for row in mine if row["partnership"].status != archived],
        "archived": [row for row in mine if row["partnership"].status == archived],
        "may_start": policies.may_start(request.user),
    }


@login_required
@never_cache
def partnership_list(request: HttpRequest) -> HttpResponse:
    return render(request, "wagtail_cse/partnerships/partnership_list.html", list_context(request))


@login_required
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """Two steps without a script: `?organisations=` chooses who, the second form the rest."""
    if not policies.may_start(request.user):
        raise NotAllowed(_("Only the network secretariat starts partnerships."))
    choose = ChooseOrganisationsForm(request.GET if "organisations" in request.GET or "next" in request.GET else None)
    if not choose.is_valid():
        return render(request, "wagtail_cse/partnerships/partnership_start_choose.html", {"form": choose})
    organisations = choose.cleaned_data["organisations"]
    by_pk = seats_of(organisations)
    seats = {organisation: by_pk[organisation.pk] for organisation in organisations}
    first = {**StartForm.first_dates(), "key": uuid.uuid4()}
    form = StartForm(request.POST or None, seats=seats, initial=first)
    if request.method == "POST" and form.is_valid():
        done = _start(request, form, organisations)
        if done is not None:
            return done
    return render(
        request,
        "wagtail_cse/partnerships/partnership_start.html",
        {"form": form, "organisations": organisations, "plan": _plan(form)},
    )


def _start(request: HttpRequest, form: StartForm, organisations: list) -> HttpResponseRedirect | None:
    data = form.cleaned_data
    try:
        partnership = StartPartnership(
            actor=actor(request),
            title=data["title"],
            goal=data["goal"],
            organisations=organisations,
            people=form.people,
            starts=data["starts"],
            ends=data["ends"],
            key=data["key"],
        ).execute()
    except AlreadyDone as error:
        messages.info(request, error.message)
    except CseError as error:
        form.add_error(None, error.message)
        return None
    else:
        messages.success(
            request,
            _("“%(title)s” has started. Its people have been told by mail; only they can open the workspace.")
            % {"title": partnership.title},
        )
    return redirect("cse_partnerships:list")


def _plan(form: StartForm) -> list[dict[str, str]]:
    """The stages between the dates first offered, so that the secretariat sees what it starts."""
    from ..models import Stage

    first = form.initial
    labels = dict(Stage.choices)
    return [
        {"label": str(labels[stage]), "note": period(begins, ends)}
        for stage, begins, ends in stages.plan(first["starts"], first["ends"])
    ]
