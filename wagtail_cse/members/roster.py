"""Rows of an organisation's page: its people with their mandates, its invitations with their state."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from . import invitations as links
from .accounts import email_of, person_name
from .models import Mandate, Organisation, Seat


def people_rows(organisation: Organisation, *, me: Any, all_mandates: bool) -> list[dict[str, Any]]:
    """One row per seat: `seat`, `name`, `email` (only for those who look after the organisation), `me`, `mandates`.

    `all_mandates`: those that begin later and those that are over too; otherwise only what counts today. Three
    queries, whatever the number of people.
    """
    seats = Seat.objects.filter(party=organisation.party_ptr).select_related("user")
    mandates: dict[Any, list[dict[str, Any]]] = {}
    for mandate in _mandates(organisation):
        row = mandate_row(mandate, organisation)
        if all_mandates or row["state"] == "valid":
            mandates.setdefault(mandate.user_id, []).append(row)
    rows = [
        {
            "seat": seat,
            "name": person_name(seat.user),
            "email": email_of(seat.user) if all_mandates else "",
            "me": seat.user_id == me.pk,
            "inactive": not getattr(seat.user, "is_active", True),
            "mandates": mandates.get(seat.user_id, []),
        }
        for seat in seats
    ]
    order = {role: number for number, role in enumerate(Seat.Role.values)}
    return sorted(rows, key=lambda row: (order[row["seat"].role], row["name"].casefold()))


def _mandates(organisation: Organisation) -> Any:
    return organisation.mandates.filter(withdrawn_at=None).order_by("starts", "pk")


def mandate_row(mandate: Mandate, organisation: Organisation) -> dict[str, Any]:
    """`mandate` and `state` (valid, later, over)."""
    today = organisation.today()
    state = "later" if mandate.starts > today else "over" if mandate.ends and mandate.ends < today else "valid"
    return {"mandate": mandate, "state": state}


def invitation_rows(organisation: Organisation, limit: int = 50) -> list[dict[str, Any]]:
    """The newest invitations that were not accepted: `invitation`, `state`, `status` (for elements/status.html)."""
    waiting = organisation.invitations.filter(accepted_at=None).select_related("invited_by", "space")
    rows = []
    for invitation in waiting.order_by("-invited_at", "-pk")[:limit]:
        # One organisation for all rows: its state must not be read again for each.
        invitation.organisation = organisation
        state = links.state(invitation)
        rows.append(
            {
                "invitation": invitation,
                "state": state,
                "status": STATUS[state](),
                "can_resend": state in ("open", "expired") and organisation.is_public,
                "can_withdraw": state != "withdrawn",
            }
        )
    return rows


STATUS: dict[str, Any] = {
    "open": lambda: {"kind": "work", "icon": "clock", "label": gettext("Waiting for an answer")},
    "expired": lambda: {"kind": "old", "label": gettext("Expired")},
    "withdrawn": lambda: {"kind": "none", "icon": "close", "label": gettext("Withdrawn")},
    "paused": lambda: {"kind": "old", "label": gettext("On hold while the organisation is not active")},
}
