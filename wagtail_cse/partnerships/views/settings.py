"""Name, dates, stage, end, archive; and the history."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wagtail_cse.access.acting import actor
from wagtail_cse.core.exceptions import AlreadyDone, CseError, NotAllowed, Stale

from .. import history as audit
from .. import page_models
from ..actions import ArchivePartnership, ChangePartnership, EndPartnership, Reopen, SetStage
from ..forms import RevisionForm, SettingsForm, StageForm
from ..models import Partnership
from .workspace import load, shell_context


def _other_titles(partnership: Partnership) -> dict[str, str]:
    """Names in the languages of the workspace other than its main one."""
    pages = page_models.pages_of(partnership)
    return {code: page.title for code, page in pages.items() if page.pk != partnership.page_id}


@require_http_methods(["GET", "POST"])
@never_cache
def settings(request: HttpRequest, key: UUID) -> HttpResponse:
    """Reading needs `manage`; a form sent by somebody who lost it meanwhile comes back with what was typed."""
    partnership = load(request, key, "manage" if request.method == "GET" else "view")
    titles = _other_titles(partnership)
    form = SettingsForm(
        request.POST or None,
        partnership=partnership,
        titles=titles,
        initial=SettingsForm.initial_of(partnership),
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        error = _save(request, partnership, form)
        if error is None:
            return redirect("cse_partnerships:settings", partnership.uuid)
        form.add_error(None, error.message)
        status = 403 if isinstance(error, NotAllowed) else 200
        if isinstance(error, Stale):
            return _stale(request, key, form)
    return _page(request, partnership, form, status=status)


def _save(request: HttpRequest, partnership: Partnership, form: SettingsForm) -> CseError | None:
    data = form.cleaned_data
    try:
        ChangePartnership(
            actor=actor(request),
            partnership=partnership,
            revision=data["revision"],
            title=data["title"],
            titles=form.titles,
            goal=data["goal"],
            starts=data["starts"],
            ends=data["ends"],
        ).execute()
    except CseError as error:
        return error
    messages.success(request, _("Saved."))
    return None


def _stale(request: HttpRequest, key: UUID, form: SettingsForm) -> HttpResponse:
    """What was typed, beside what is there now; saving again is then a decision, not an accident."""
    partnership = load(request, key)
    now = SettingsForm.initial_of(partnership)
    form.data = form.data.copy()
    form.data["revision"] = str(partnership.revision)
    there = [
        {"label": form.fields[name].label, "value": now[name]}
        for name in ("title", "goal", "starts", "ends")
        if now[name] != form.cleaned_data.get(name)
    ]
    return _page(request, partnership, form, there=there)


def _page(
    request: HttpRequest, partnership: Partnership, form: SettingsForm, *, there: Any = (), status: int = 200
) -> HttpResponse:
    context = shell_context(request, partnership, "settings")
    revision = {"revision": partnership.revision}
    context |= {
        "form": form,
        "there": there,
        "stage_form": StageForm(initial={"stage": partnership.stage, **revision}, prefix="stage"),
        "revision": partnership.revision,
    }
    return render(request, "wagtail_cse/partnerships/partnership_settings.html", context, status=status)


def _act(request: HttpRequest, partnership: Partnership, action: Any, done: str) -> HttpResponse:
    """Run one of the buttons, say what happened in a sentence, go back to the settings."""
    try:
        action.execute()
    except AlreadyDone as error:
        messages.info(request, error.message)
    except NotAllowed as error:
        messages.error(request, error.message)
        return redirect("cse_partnerships:workspace", partnership.uuid)
    except CseError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, done)
    return redirect("cse_partnerships:settings", partnership.uuid)


def _revision(request: HttpRequest) -> int | None:
    form = RevisionForm(request.POST)
    return form.cleaned_data["revision"] if form.is_valid() else None


@require_POST
def stage(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = load(request, key, "manage")
    form = StageForm(request.POST, prefix="stage")
    chosen = form.cleaned_data["stage"] if form.is_valid() else ""
    revision = form.cleaned_data.get("revision")
    action = SetStage(actor=actor(request), partnership=partnership, stage=chosen, revision=revision)
    return _act(request, partnership, action, _("The stage was changed."))


@require_POST
def end(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = load(request, key, "manage")
    action = EndPartnership(actor=actor(request), partnership=partnership, revision=_revision(request))
    done = _("The partnership has ended. Its people can read everything; nobody can change anything.")
    return _act(request, partnership, action, done)


@require_POST
def archive(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = load(request, key, "manage")
    action = ArchivePartnership(actor=actor(request), partnership=partnership, revision=_revision(request))
    done = _("The partnership is archived. You find it at the end of your list.")
    return _act(request, partnership, action, done)


@require_POST
def reopen(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = load(request, key, "manage")
    action = Reopen(actor=actor(request), partnership=partnership, revision=_revision(request))
    return _act(request, partnership, action, _("The partnership is open again, with the same people and roles."))


@require_GET
@never_cache
def history(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = load(request, key, "manage")
    context = shell_context(request, partnership, "history")
    context["entries"] = audit.of(partnership)
    return render(request, "wagtail_cse/partnerships/partnership_history.html", context)
