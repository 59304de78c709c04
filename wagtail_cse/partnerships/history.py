"""The history of a partnership: one audit entry per act, read back in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from wagtail_cse.members.accounts import person_name

from .models import Partnership, Stage
from .people import ROLE_WORDS

if TYPE_CHECKING:
    from wagtail_cse.access.actors import Actor

#: Action name -> the sentence. Placeholders come from the entry's data.
MESSAGES = {
    "cse_partnerships.start": gettext_lazy("Started the partnership “%(title)s”."),
    "cse_partnerships.rename": gettext_lazy("Renamed the partnership from “%(before)s” to “%(title)s”."),
    "cse_partnerships.change": gettext_lazy("Changed the goal or the dates."),
    "cse_partnerships.stage": gettext_lazy("Moved the partnership to the stage “%(stage)s”."),
    "cse_partnerships.add": gettext_lazy("Added %(person)s of %(organisation)s as %(role)s."),
    "cse_partnerships.role": gettext_lazy("Changed %(person)s of %(organisation)s from %(before)s to %(role)s."),
    "cse_partnerships.remove": gettext_lazy("Removed %(person)s of %(organisation)s, who was %(before)s."),
    "cse_partnerships.invite": gettext_lazy("Invited %(person)s for %(organisation)s as %(role)s."),
    "cse_partnerships.withdraw": gettext_lazy("Withdrew the invitation of %(person)s for %(organisation)s."),
    "cse_partnerships.resend": gettext_lazy("Sent the invitation of %(person)s for %(organisation)s again."),
    "cse_partnerships.end": gettext_lazy("Ended the partnership."),
    "cse_partnerships.archive": gettext_lazy("Archived the partnership."),
    "cse_partnerships.reopen": gettext_lazy("Reopened the partnership."),
}

#: Short names of the same, for Wagtail's reports.
LABELS = {
    "cse_partnerships.start": gettext_lazy("Start a partnership"),
    "cse_partnerships.rename": gettext_lazy("Rename a partnership"),
    "cse_partnerships.change": gettext_lazy("Change a partnership"),
    "cse_partnerships.stage": gettext_lazy("Change the stage of a partnership"),
    "cse_partnerships.add": gettext_lazy("Add a person to a partnership"),
    "cse_partnerships.role": gettext_lazy("Change a role in a partnership"),
    "cse_partnerships.remove": gettext_lazy("Remove a person from a partnership"),
    "cse_partnerships.invite": gettext_lazy("Invite a person to a partnership"),
    "cse_partnerships.withdraw": gettext_lazy("Withdraw an invitation to a partnership"),
    "cse_partnerships.resend": gettext_lazy("Send an invitation to a partnership again"),
    "cse_partnerships.end": gettext_lazy("End a partnership"),
    "cse_partnerships.archive": gettext_lazy("Archive a partnership"),
    "cse_partnerships.reopen": gettext_lazy("Reopen a partnership"),
}


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    at: datetime
    organisation: str
    person: str
    sentence: str


def record(action: str, partnership: Partnership, actor: Actor, **data: Any) -> None:
    """Write one audit entry; names are kept as they were."""
    log(
        instance=partnership,
        action=f"cse_partnerships.{action}",
        user=actor.user,
        title=partnership.title,
        data={
            **data,
            "by": person_name(actor.user),
            "for": actor.party.name if actor.party else "",
        },
    )


def sentence(action: str, data: dict[str, Any]) -> str:
    """What happened, in the language active now; role and stage codes become words."""
    message = MESSAGES.get(action)
    if message is None:
        return ""
    words = dict(data)
    roles = ROLE_WORDS
    for name in ("role", "before"):
        if words.get(name) in roles and action != "cse_partnerships.rename":
            words[name] = str(roles[words[name]])
    if action == "cse_partnerships.stage":
        words["stage"] = str(dict(Stage.choices).get(str(words.get("stage")), words.get("stage")))
    try:
        return str(message) % words
    except KeyError:
        return str(LABELS[action])


def of(partnership: Partnership, *, limit: int = 200) -> list[Entry]:
    """Newest first; one query."""
    rows = ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Partnership),
        object_id=str(partnership.pk),
        action__in=MESSAGES,
    ).order_by("-timestamp", "-pk")[:limit]
    return [
        Entry(
            at=row.timestamp,
            organisation=row.data.get("for") or _("Network secretariat"),
            person=row.data.get("by", ""),
            sentence=sentence(row.action, row.data),
        )
        for row in rows
    ]
