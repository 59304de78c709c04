"""The mails of invitations: who gets them, in which language, with which links."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import translation

from wagtail_cse.core import mail

from .accounts import email_of, person_name
from .models import Invitation, Organisation, Seat
from .policies import may_administer


def send_invitation(invitation: Invitation, token: str, sender: Any) -> None:
    """The link, to the invited address; `token` is its secret, which is kept nowhere.

    It leads to the invitation without signing in: most people who get it have no account yet.
    """
    with translation.override(invitation.language):
        path = reverse("cse_members:invitation", kwargs={"token": token})
    context = {
        "invitation": invitation,
        "organisation": invitation.organisation,
        "sender": person_name(sender),
        "receiver_name": invitation.name,
        "url": mail.absolute(path),
    }
    mail.send("members/invitation", (invitation.email, invitation.language), context)


def send_request(invitation: Invitation, opened_by: Any | None) -> None:
    """Ask whoever invited, or the owners if he may not invite any more, to send a new link.

    `opened_by`: the signed-in person with another address who asked to be invited, or None.
    """
    organisation = invitation.organisation
    for user in _those_who_can_help(invitation):
        context = {
            "invitation": invitation,
            "organisation": organisation,
            "person": person_name(opened_by) if opened_by else invitation.name,
            "email": email_of(opened_by) if opened_by else invitation.email,
            "other_person": opened_by is not None,
            "path": reverse("cse_members:organisation", kwargs={"slug": organisation.slug}),
        }
        mail.send("members/invitation_request", user, context)


def _those_who_can_help(invitation: Invitation) -> list[Any]:
    inviter = invitation.invited_by
    if inviter is not None and may_administer(inviter, invitation.organisation):
        return [inviter]
    return list(owners(invitation.organisation))


def owners(organisation: Organisation) -> Any:
    """The accounts of the organisation's owners whose seats count now."""
    seats = Seat.objects.valid().filter(party=organisation.party_ptr, role=Seat.Role.OWNER)
    return get_user_model()._default_manager.filter(pk__in=seats.values("user_id"))
