"""Making and changing Spaces."""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Collection

from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import Invalid, NotAllowed

from .. import rights
from ..actors import Actor
from ..models import Space
from ..network import is_secretariat
from ..policies import can
from ..recompute import lock, recompute
from ..roles import Visibility
from .base import SpaceAction


class CreateSpace(Action[Space]):
    """A new Space. The secretariat may; inside a parent its coordinators may.

    Nobody holds anything in it until a grant says so, who made it included.
    """

    name = "cse_access.create_space"

    def __init__(
        self,
        *,
        actor: Actor | None,
        kind: str,
        title: str,
        visibility: str = Visibility.MEMBERS,
        parent: Space | None = None,
        join_rule: str = "invite",
    ):
        self.actor = actor
        self.kind = kind
        self.title = title
        self.visibility = visibility
        self.parent = parent
        self.join_rule = join_rule

    def check(self) -> None:
        if self.visibility not in Visibility.values:
            raise ValueError(f"Unknown visibility {self.visibility!r}")
        if self.parent is not None:
            self.parent = next((space for space in lock([self.parent]) if space.pk == self.parent.pk), None)
            if self.parent is None:
                raise Invalid(_("The space around this room no longer exists."))
            if self.parent.parent_id is not None:
                raise Invalid(_("A room cannot hold further rooms."))
        if self.actor is None or is_secretariat(self.actor.user):
            return
        rights.forget()
        if self.parent is None or not can(self.actor.user, "manage", self.parent):
            raise NotAllowed(_("Only the secretariat of the network can open a new space."))

    def write(self) -> Space:
        secret = self.visibility == Visibility.SECRET
        space = Space.objects.create(
            kind=self.kind,
            title=self.title[:200],
            visibility=self.visibility,
            parent=self.parent,
            join_rule="invite" if secret else self.join_rule,
        )
        recompute(space)
        space.refresh_from_db()
        return space

    def log(self, result: Space) -> None:
        log(
            result,
            self.name,
            user=self.actor.user if self.actor else None,
            data={"kind": self.kind, "visibility": str(self.visibility)},
        )


class ChangeVisibility(SpaceAction[Space]):
    """Who can see a Space. Turning it secret makes joining by invitation only."""

    name = "cse_access.change_visibility"

    def __init__(self, *, actor: Actor | None, space: Space, visibility: str):
        if visibility not in Visibility.values:
            raise ValueError(f"Unknown visibility {visibility!r}")
        self.actor = actor
        self.space = space
        self.visibility = visibility

    def check(self) -> None:
        super().check()
        if self.space.kind == "network":
            raise Invalid(_("The network's own space is always open to all its members."))

    def write(self) -> Space:
        self.before = self.space.visibility
        self.space.visibility = self.visibility
        if self.visibility == Visibility.SECRET:
            self.space.join_rule = "invite"
        self.space.save(update_fields=["visibility", "join_rule"])
        recompute(self.space)
        self.space.refresh_from_db()
        return self.space

    def log(self, result: Space) -> None:
        self.write_log(self.name, before=str(self.before), after=str(self.visibility))


class SetReadOnly(SpaceAction[Space]):
    """Close a Space for writing (it ended, it is archived), or open it again. Everybody keeps `view`."""

    name = "cse_access.set_read_only"

    def __init__(self, *, actor: Actor | None, space: Space, read_only: bool):
        self.actor = actor
        self.space = space
        self.read_only = read_only

    def write(self) -> Space:
        if self.space.read_only != self.read_only:
            self.space.read_only = self.read_only
            self.space.save(update_fields=["read_only"])
            recompute(self.space)
            self.space.refresh_from_db()
        return self.space

    def log(self, result: Space) -> None:
        self.write_log(self.name, read_only=self.read_only)


class RenameSpace(SpaceAction[Space]):
    """Another title, for the Space and for its collection of images and documents."""

    name = "cse_access.rename_space"

    def __init__(self, *, actor: Actor | None, space: Space, title: str):
        self.actor = actor
        self.space = space
        self.title = title

    def check(self) -> None:
        super().check()
        if not self.title.strip():
            raise Invalid(_("Please write a name."))

    def write(self) -> Space:
        self.space.title = self.title.strip()[:200]
        self.space.save(update_fields=["title"])
        Collection.objects.filter(pk=self.space.collection_id).update(name=self.space.title)
        return self.space

    def log(self, result: Space) -> None:
        self.write_log(self.name)
