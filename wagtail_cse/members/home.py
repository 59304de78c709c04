"""What the home page says to the secretariat and to owners: the next step in membership matters."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from wagtail_cse.access.acting import actor
from wagtail_cse.access.network import is_secretariat

from .models import Invitation, Mandate, Organisation, Seat


def next_steps(request: Any) -> list[dict[str, Any]]:
    """Rows for `core.slots.provide("home_next_steps", ...)`, as `elements/next_step.html` shows them."""
    if not request.user.is_authenticated:
        return []
    return secretariat_steps(request) + owner_steps(request)


def secretariat_steps(request: Any) -> list[dict[str, Any]]:
    if not is_secretariat(request.user):
        return []
    label = gettext("Secretariat")
    if not Organisation.objects.exists():
        return [
            {
                "state": "turn",
                "label": label,
                "text": gettext("No organisation is here yet: admit the first one"),
                "url": reverse("cse_members:organisation-create"),
                "action": gettext("Admit an organisation"),
                "id": "members-first",
            }
        ]
    expired = Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__lte=timezone.now(), organisation__status="member"
    ).count()
    if not expired:
        return []
    text = ngettext(
        "%(count)d invitation was not accepted in time: send it again or withdraw it",
        "%(count)d invitations were not accepted in time: send them again or withdraw them",
        expired,
    )
    return [
        {
            "state": "turn",
            "label": label,
            "text": text % {"count": expired},
            "url": f"{reverse('cse_members:organisation-list')}?invitations=expired",
            "action": gettext("Show the organisations"),
            "id": "members-expired",
        }
    ]


def owner_steps(request: Any) -> list[dict[str, Any]]:
    """For an owner, about the organisation he acts for at the moment."""
    party = actor(request).party
    if party is None:
        return []
    owns = Seat.objects.valid().filter(party=party, user=request.user, role=Seat.Role.OWNER)
    organisation = Organisation.objects.members().filter(pk=party.pk).first()
    if organisation is None or not owns.exists() or _somebody_may_sign(organisation):
        return []
    return [
        {
            "state": "turn",
            "label": gettext("Your turn, %(organisation)s") % {"organisation": organisation.name},
            "text": gettext("Nobody may sign for %(organisation)s yet: give somebody a mandate")
            % {"organisation": organisation.name},
            "url": reverse("cse_members:mandate-give", kwargs={"slug": organisation.slug}),
            "action": gettext("Give a mandate"),
            "id": "members-mandate",
        }
    ]


def _somebody_may_sign(organisation: Organisation) -> bool:
    mandates = Mandate.objects.valid(organisation.today())
    return mandates.filter(organisation=organisation, purpose=Mandate.Purpose.SIGN).exists()
