"""Invite, change and remove people; give and withdraw mandates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from wagtail_cse.core.actions import Action

from ..accounts import person_name
from ..actions import (
    ChangeSeat,
    GiveMandate,
    InviteRepresentative,
    RemoveSeat,
    ResendInvitation,
    WithdrawInvitation,
    WithdrawMandate,
)
from ..forms import InviteForm, MandateForm, RemoveSeatForm, SeatForm
from ..models import Invitation, Mandate, Seat
from ..policies import may_administer
from .base import ButtonView, OrganisationFormView, find


class InviteView(OrganisationFormView):
    submit = gettext_lazy("Send the invitation")
    lead = gettext_lazy("The person gets a mail with a link and decides. Until then nobody is in.")
    success = "yes"

    @property
    def title(self) -> str:  # type: ignore[override]
        return gettext("Invite somebody to %(organisation)s") % {"organisation": self.organisation.name}

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        return InviteForm(data)

    def make_action(self, form: forms.Form) -> Action[Any]:
        return InviteRepresentative(actor=self.actor, organisation=self.organisation, **form.cleaned_data)

    def success_message(self, result: Any) -> str:
        return gettext("The invitation is on its way to %(email)s.") % {"email": result.email}


class InvitationButtonView(ButtonView):
    action: type[Any]

    def make_action(self) -> Action[Any]:
        invitation = find(Invitation, organisation=self.organisation, uuid=self.kwargs["uuid"])
        return self.action(actor=self.actor, invitation=invitation)


class InvitationResendView(InvitationButtonView):
    action = ResendInvitation

    def success(self, result: Any) -> str:
        return gettext("A new link is on its way to %(email)s. The old one no longer works.") % {
            "email": result.email
        }


class InvitationWithdrawView(InvitationButtonView):
    action = WithdrawInvitation

    def success(self, result: Any) -> str:
        return gettext("The invitation to %(email)s is withdrawn.") % {"email": result.email}


class SeatFormView(OrganisationFormView):
    """A form about one seat."""

    success = gettext_lazy("Saved.")

    @property
    def seat(self) -> Seat:
        if not hasattr(self, "_seat"):
            seats = Seat.objects.select_related("user", "party__organisation__space")
            self._seat = find(seats, party=self.organisation.party_ptr, pk=self.kwargs["pk"])
        return self._seat

    @property
    def last_owner(self) -> bool:
        """Whether this seat is the only one that can look after the organisation."""
        owners = Seat.objects.valid().filter(party=self.organisation.party_ptr, role=Seat.Role.OWNER)
        return self.seat.role == Seat.Role.OWNER and not owners.exclude(pk=self.seat.pk).exists()


class SeatChangeView(SeatFormView):
    submit = gettext_lazy("Save the role")

    @property
    def title(self) -> str:  # type: ignore[override]
        return gettext("Role of %(person)s in %(organisation)s") % {
            "person": person_name(self.seat.user),
            "organisation": self.organisation.name,
        }

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        initial = {"role": self.seat.role, "title": self.seat.title}
        return SeatForm(data, last_owner=self.last_owner, initial=initial)

    def make_action(self, form: forms.Form) -> Action[Any]:
        return ChangeSeat(actor=self.actor, seat=self.seat, **form.cleaned_data)


class SeatRemoveView(SeatFormView):
    """Remove somebody, or leave: for that no right is needed."""

    right = "see"
    danger = True

    def has_right(self) -> bool:
        seat = Seat.objects.filter(party=self.organisation.party_ptr, pk=self.kwargs["pk"]).first()
        if seat is None:
            raise Http404
        self.leaves = seat.user_id == self.request.user.pk
        return self.leaves or may_administer(self.request.user, self.organisation)

    @property
    def title(self) -> str:  # type: ignore[override]
        if self.leaves:
            return gettext("Leave %(organisation)s?") % {"organisation": self.organisation.name}
        return gettext("Remove %(person)s from %(organisation)s?") % {
            "person": person_name(self.seat.user),
            "organisation": self.organisation.name,
        }

    lead = gettext_lazy(
        "At once every right that came through this organisation ends, in all workspaces, and so do the mandates. "
        "Texts that were written, and signatures that were given, stay."
    )

    @property
    def submit(self) -> str:  # type: ignore[override]
        if self.leaves:
            return gettext("Leave %(organisation)s") % {"organisation": self.organisation.name}
        return gettext("Remove %(person)s") % {"person": person_name(self.seat.user)}

    @property
    def success(self) -> str:  # type: ignore[override]
        if self.leaves:
            return gettext("You have left %(organisation)s.") % {"organisation": self.organisation.name}
        return gettext("%(person)s is no longer in %(organisation)s.") % {
            "person": person_name(self.seat.user),
            "organisation": self.organisation.name,
        }

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        return RemoveSeatForm(data, last_owner=self.last_owner)

    def make_action(self, form: forms.Form) -> Action[Any]:
        return RemoveSeat(actor=self.actor, seat=self.seat, **form.cleaned_data)

    def done_url(self, result: Any) -> str:
        return reverse("cse_core:home") if self.leaves else self.home


class MandateGiveView(OrganisationFormView):
    submit = gettext_lazy("Give the mandate")
    success = "yes"

    @property
    def title(self) -> str:  # type: ignore[override]
        return gettext("Give a mandate for %(organisation)s") % {"organisation": self.organisation.name}

    lead = gettext_lazy(
        "With a mandate a person binds the organisation: signs, applies or accepts guidelines in its name. "
        "Everybody who reads a signature sees the name and the function."
    )

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:
        return MandateForm(data, organisation=self.organisation, initial={"user": self.request.GET.get("person")})

    def make_action(self, form: forms.Form) -> Action[Any]:
        return GiveMandate(actor=self.actor, organisation=self.organisation, **form.cleaned_data)

    def success_message(self, result: Any) -> str:
        return gettext("%(person)s has the mandate now.") % {"person": person_name(result.user)}


class MandateWithdrawView(ButtonView):
    def make_action(self) -> Action[Any]:
        mandates = Mandate.objects.select_related("organisation__space")
        mandate = find(mandates, organisation=self.organisation, uuid=self.kwargs["uuid"])
        return WithdrawMandate(actor=self.actor, mandate=mandate)

    def success(self, result: Any) -> str:
        return gettext("The mandate is withdrawn. What was signed with it stays signed.")
