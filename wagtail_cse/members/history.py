"""The history of an organisation: who did what for whom, when, in sentences of the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from .models import Mandate, Organisation, Seat

#: Action -> label and sentence. Placeholders come from the entry's data; %(person)s is the one it is about.
ACTIONS: dict[str, tuple[Any, Any]] = {
    "create": (gettext_lazy("Admit an organisation"), gettext_lazy("Admitted the organisation")),
    "update": (gettext_lazy("Change an organisation"), gettext_lazy("Changed facts of the organisation")),
    "suspend": (
        gettext_lazy("Suspend an organisation"),
        gettext_lazy("Suspended the organisation. Reason: %(reason)s"),
    ),
    "reactivate": (gettext_lazy("Reactivate an organisation"), gettext_lazy("Reactivated the organisation")),
    "invitation.send": (
        gettext_lazy("Invite a person"),
        gettext_lazy("Invited %(person)s (role: %(role)s)"),
    ),
    "invitation.resend": (
        gettext_lazy("Send an invitation again"),
        gettext_lazy("Sent the invitation to %(person)s again"),
    ),
    "invitation.withdraw": (
        gettext_lazy("Withdraw an invitation"),
        gettext_lazy("Withdrew the invitation to %(person)s"),
    ),
    "invitation.accept": (
        gettext_lazy("Accept an invitation"),
        gettext_lazy("Accepted the invitation (role: %(role)s)"),
    ),
    "invitation.ask": (
        gettext_lazy("Ask for a new invitation"),
        gettext_lazy("%(person)s asked for a new invitation"),
    ),
    "seat.change": (
        gettext_lazy("Change a role in an organisation"),
        gettext_lazy("Changed the seat of %(person)s (role: %(role)s)"),
    ),
    "seat.remove": (gettext_lazy("Remove a person"), gettext_lazy("Removed %(person)s")),
    "seat.leave": (gettext_lazy("Leave an organisation"), gettext_lazy("Left the organisation")),
    "mandate.give": (
        gettext_lazy("Give a mandate"),
        gettext_lazy("Gave %(person)s a mandate (for: %(purpose)s)"),
    ),
    "mandate.withdraw": (
        gettext_lazy("Withdraw a mandate"),
        gettext_lazy("Withdrew a mandate of %(person)s (for: %(purpose)s)"),
    ),
    "profile.save": (gettext_lazy("Change a profile"), gettext_lazy("Changed the public profile (%(language)s)")),
}


class Missing(dict):
    """A placeholder without a value is shown as a dash: an old entry must never break the page."""

    def __missing__(self, key: str) -> str:
        return "–"


def sentence(entry: ModelLogEntry) -> str:
    """What happened, in the active language."""
    data = Missing(entry.data)
    if "role" in data:
        data["role"] = Seat.Role(data["role"]).label if data["role"] in Seat.Role.values else data["role"]
    if "purpose" in data and data["purpose"] in Mandate.Purpose.values:
        data["purpose"] = Mandate.Purpose(data["purpose"]).label
    _label, text = ACTIONS[entry.action.removeprefix("cse_members.")]
    return str(text) % data


def formatter(name: str) -> type[LogFormatter]:
    """The class by which Wagtail shows one of our actions in its own reports."""
    label: Any = ACTIONS[name][0]

    class Formatter(LogFormatter):
        def format_message(self, log_entry: Any) -> str:
            return sentence(log_entry)

    Formatter.label = label
    return Formatter


def history(organisation: Organisation, limit: int = 12) -> list[dict[str, Any]]:
    """The newest entries: `when`, `who` (a user or None), `party` (a name or ""), `text`."""
    entries = (
        ModelLogEntry.objects.for_instance(organisation)
        .filter(action__in=[f"cse_members.{name}" for name in ACTIONS])
        .select_related("user")
        .order_by("-timestamp", "-pk")[:limit]
    )
    return [
        {
            "when": entry.timestamp,
            # Who asks for a new link is named in the sentence itself; mostly nobody is signed in.
            "who": None if entry.action.endswith(".ask") else entry.user,
            "party": entry.data.get("party", ""),
            "text": sentence(entry),
        }
        for entry in entries
    ]
