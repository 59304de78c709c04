from __future__ import annotations

from typing import Any, TypeVar

from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import NotAllowed

from .. import rights
from ..actors import Actor
from ..models import Grant, Space
from ..recompute import lock
from ..roles import roles_with

Result = TypeVar("Result")


class SpaceAction(Action[Result]):
    """A change of one Space: its row is locked first, and the actor must hold `manage` in it (or be None)."""

    actor: Actor | None
    space: Space

    def check(self) -> None:
        self.space = self.locked()
        if self.actor is None:
            return
        rights.forget()
        held = rights.of(self.actor.user).verbs(self.space)
        if "manage" in held:
            return
        if "view" not in held:
            raise Http404
        raise NotAllowed(_("Only a coordinator can change who may do what here."))

    def locked(self) -> Space:
        """The Space as the locked row has it."""
        for space in lock([self.space]):
            if space.pk == self.space.pk:
                return space
        raise Http404

    def write_log(self, action: str, **data: Any) -> None:
        log(self.space, action, user=self.actor.user if self.actor else None, data=data)


def last_coordinator(space: Space, *, without: Grant) -> bool:
    """Whether nobody would hold `manage` in `space` if `without` were gone."""
    others = Grant.objects.filter(space=space, role__in=roles_with("manage")).exclude(pk=without.pk)
    return not (others.to_people().exists() or others.to_parties().exists())
