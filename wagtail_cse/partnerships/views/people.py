"""People and rights: who is in, why, since when; and changing it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wagtail_cse.access.acting import actor
from wagtail_cse.access.models import Grant, Membership
from wagtail_cse.access.policies import can
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, CseError, NotAllowed
from wagtail_cse.members.accounts import person_name
from wagtail_cse.members.models import Invitation, Organisation
from wagtail_cse.members.policies import may_administer

from .. import policies
from ..actions import (
    AddPerson,
    ChangeRole,
    InviteToWorkspace,
    RemovePerson,
    ResendInvitation,
    WithdrawWorkspaceInvitation,
)
from ..forms import AddForm, InviteForm, PersonForm, RoleForm, role_choices
from ..models import Partnership
from ..people import ROLE_WORDS, People, not_yet_in
from .workspace import load, shell_context


@require_GET
@never_cache
def people(request: HttpRequest, key: UUID) -> HttpResponse:
    return _page(request, load(request, key))


def _page(
    request: HttpRequest,
    partnership: Partnership,
    *,
    add: AddForm | None = None,
    invite: InviteForm | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    """The screen, with a form that came back, or with the sentence of a row that could not be changed."""
    context = shell_context(request, partnership, "people")
    everybody = context["reader"].people[partnership.pk]
    if context["may_coordinate"] and partnership.is_open:
        _mark(request, partnership, everybody)
        add = add or _add_form(partnership, everybody, None)
        invite = invite or _invite_form(request, everybody, None)
    context |= {
        "people": everybody,
        "roles": role_choices(),
        "add": add if add and add.rows else None,
        "invite": invite if invite and invite.organisations else None,
        "problem": problem,
    }
    return render(request, "wagtail_cse/partnerships/partnership_people.html", context, status=status)


def _add_form(partnership: Partnership, everybody: People, data: Any) -> AddForm:
    return AddForm(data, people=everybody, seats=not_yet_in(everybody), prefix="add")


def _invite_form(request: HttpRequest, everybody: People, data: Any) -> InviteForm:
    may = [side.organisation for side in everybody.sides if side.invites]
    return InviteForm(data, organisations=may, language=get_language() or "", prefix="invite")


def _fresh(request: HttpRequest, key: UUID) -> tuple[Partnership, People]:
    """The partnership and its people, with the sides that the reader decides about marked."""
    partnership = load(request, key)
    everybody = shell_context(request, partnership, "people")["reader"].people[partnership.pk]
    _mark(request, partnership, everybody)
    return partnership, everybody


def _mark(request: HttpRequest, partnership: Partnership, everybody: People) -> None:
    """Mark the sides about whose people the reader decides, and those for which he may invite."""
    mine = policies.own_organisations(request.user, partnership)
    for side in everybody.sides:
        side.mine = side.organisation.pk in mine
        side.invites = side.mine and may_administer(request.user, side.organisation)


def _run(request: HttpRequest, action: Action, done: str) -> CseError | None:
    """Execute; on success say so. A second arrival of the same form is harmless. Returns what went wrong."""
    try:
        action.execute()
    except AlreadyDone as error:
        messages.info(request, error.message)
    except CseError as error:
        return error
    else:
        messages.success(request, done)
    return None


def _answer(
    request: HttpRequest, partnership: Partnership, error: CseError | None, **forms_back: Any
) -> HttpResponse:
    if error is None:
        return redirect("cse_partnerships:people", partnership.uuid)
    status = 403 if isinstance(error, NotAllowed) else 200
    return _page(request, load(request, partnership.uuid), problem=error.message, status=status, **forms_back)


def _target(partnership: Partnership, form: PersonForm) -> tuple[Organisation, Any] | None:
    """Organisation and person that a row names; None when the row names nobody who was ever in."""
    if not form.is_valid():
        return None
    partner = partnership.partners.filter(organisation=form.cleaned_data["organisation"]).first()
    if partner is None:
        return None
    try:
        user = get_user_model()._default_manager.get(pk=form.cleaned_data["person"])
    except (get_user_model().DoesNotExist, ValueError, ValidationError):
        return None
    known = (
        Grant.objects.filter(space=partnership.space_id, user=user).exists()
        or Membership.objects.filter(party=partner.organisation_id, user=user).exists()
    )
    # Anybody else is a guess: it must not tell whether such an account exists.
    return (partner.organisation, user) if known else None


def _words(organisation: Organisation, user: Any, role: str = "") -> dict[str, str]:
    return {
        "person": person_name(user),
        "organisation": organisation.name,
        "role": str(ROLE_WORDS.get(role, "")),
    }


@require_POST
def change_role(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = load(request, key)
    form = RoleForm(request.POST)
    target = _target(partnership, form)
    if target is None:
        return _page(request, partnership, problem=_("Choose a person and a role."))
    organisation, user = target
    role = form.cleaned_data["role"]
    action = ChangeRole(
        actor=actor(request),
        partnership=partnership,
        organisation=organisation,
        user=user,
        role=role,
        was=form.cleaned_data["was"] or None,
    )
    done = _("%(person)s is now %(role)s.") % _words(organisation, user, role)
    return _answer(request, partnership, _run(request, action, done))


@require_POST
def remove(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership = load(request, key)
    target = _target(partnership, PersonForm(request.POST))
    if target is None:
        return _page(request, partnership, problem=_("Choose a person."))
    organisation, user = target
    action = RemovePerson(actor=actor(request), partnership=partnership, organisation=organisation, user=user)
    done = _("%(person)s can no longer open this workspace. The seat in %(organisation)s stays.")
    error = _run(request, action, done % _words(organisation, user))
    if error is None and not can(request.user, "view", partnership):
        # Somebody who took himself out stands outside now.
        return redirect("cse_partnerships:list")
    return _answer(request, partnership, error)


@require_POST
def add(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership, everybody = _fresh(request, key)
    form = _add_form(partnership, everybody, request.POST)
    if not form.is_valid():
        return _refused_or_page(request, partnership, add=form)
    organisation, seat = form.chosen
    role = form.cleaned_data["role"]
    action = AddPerson(
        actor=actor(request), partnership=partnership, organisation=organisation, user=seat.user, role=role
    )
    done = _("%(person)s can open this workspace now, as %(role)s.") % _words(organisation, seat.user, role)
    return _answer(request, partnership, _run(request, action, done), add=form)


@require_POST
def invite(request: HttpRequest, key: UUID) -> HttpResponse:
    partnership, everybody = _fresh(request, key)
    form = _invite_form(request, everybody, request.POST)
    if not form.is_valid():
        return _refused_or_page(request, partnership, invite=form)
    data = form.cleaned_data
    action = InviteToWorkspace(
        actor=actor(request),
        partnership=partnership,
        organisation=form.chosen,
        email=data["email"],
        person=data["person"],
        role=data["role"],
        language=data["language"],
    )
    done = _("The invitation was mailed to %(email)s.") % {"email": data["email"]}
    return _answer(request, partnership, _run(request, action, done), invite=form)


def _refused_or_page(request: HttpRequest, partnership: Partnership, **forms_back: Any) -> HttpResponse:
    """A form with mistakes comes back to a coordinator; anybody else inside is told that it is not his to do."""
    try:
        policies.require_coordinator(request.user, partnership)
        policies.require_open(partnership)
    except NotAllowed as error:
        return _page(request, partnership, problem=error.message, status=403)
    return _page(request, partnership, **forms_back)


@require_POST
def withdraw_invitation(request: HttpRequest, key: UUID, invitation: UUID) -> HttpResponse:
    partnership = load(request, key)
    row = _invitation(partnership, invitation)
    action = WithdrawWorkspaceInvitation(actor=actor(request), partnership=partnership, invitation=row)
    done = _("The invitation of %(person)s was withdrawn; its link no longer works.") % {
        "person": row.name or row.email
    }
    return _answer(request, partnership, _run(request, action, done))


@require_POST
def resend_invitation(request: HttpRequest, key: UUID, invitation: UUID) -> HttpResponse:
    partnership = load(request, key)
    row = _invitation(partnership, invitation)
    action = ResendInvitation(actor=actor(request), partnership=partnership, invitation=row)
    done = _("A new link was mailed to %(email)s; the one before no longer works.") % {"email": row.email}
    return _answer(request, partnership, _run(request, action, done))


def _invitation(partnership: Partnership, key: UUID) -> Invitation:
    row = Invitation.objects.filter(space=partnership.space_id, uuid=key).select_related("organisation").first()
    if row is None:
        raise Http404
    return row
