"""Roles and verbs, in one table."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Everyone")
    NETWORK = "network", _("Members of the network")
    MEMBERS = "members", _("Only the people in it")
    SECRET = "secret", _("Only the people in it, listed nowhere")


class Role(models.TextChoices):
    OBSERVER = "observer", _("Observer")
    COMMENTER = "commenter", _("Commenter")
    EDITOR = "editor", _("Editor")
    PUBLISHER = "publisher", _("Editor who may publish")
    COORDINATOR = "coordinator", _("Coordinator")


#: Weakest first; each verb implies those before it.
VERBS: tuple[str, ...] = ("view", "comment", "change", "publish", "manage")

#: What remains in a Space that ended or is archived; `manage` for the few steps that open it again.
READ_ONLY_VERBS = frozenset({"view", "manage"})

#: The strongest verb of each role.
ROLE_VERB: dict[str, str] = {
    Role.OBSERVER: "view",
    Role.COMMENTER: "comment",
    Role.EDITOR: "change",
    Role.PUBLISHER: "publish",
    Role.COORDINATOR: "manage",
}


def verbs_up_to(verb: str) -> tuple[str, ...]:
    """All verbs that `verb` implies, itself included."""
    return VERBS[: VERBS.index(verb) + 1]


def roles_with(verb: str) -> tuple[str, ...]:
    """The roles that hold `verb`."""
    least = VERBS.index(verb)
    return tuple(role for role, top in ROLE_VERB.items() if VERBS.index(top) >= least)


def codename(verb: str) -> str:
    """The permission codename of a verb on `access.Space`."""
    return f"{verb}_space"


def check_verb(verb: str) -> None:
    """Raise `ValueError` for a verb that does not exist: a slip of the pen must never decide a right."""
    if verb not in VERBS:
        raise ValueError(f"Unknown verb {verb!r}; the verbs are {', '.join(VERBS)}")
