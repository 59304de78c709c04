"""What the actions on one document have in common."""

from __future__ import annotations

from typing import TypeVar

from django.http import Http404
from django.utils.translation import gettext as _

from wagtail_cse.access import recompute, rights
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.models import Space
from wagtail_cse.access.policies import can
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import NotAllowed

from .. import bus, tree
from ..edit import update_blocks
from ..log import append
from ..models import Document

Result = TypeVar("Result")


def require(actor: Actor, verb: str, space: Space) -> None:
    """Raise `Http404` when the actor may not enter the Space, `NotAllowed` when he may but does not hold `verb`."""
    rights.forget()
    if can(actor.user, verb, space):
        return
    if not can(actor.user, "view", space):
        raise Http404
    raise NotAllowed(_("Your role here does not include this step. Ask a coordinator if you need it."))


class DocumentAction(Action[Result]):
    """A change of one document: Space and document are locked, in this order, before the right is read.

    `actor` None: another app's action has checked already.
    """

    actor: Actor | None
    document: Document
    #: What the actor must hold.
    verb = "change"

    def check(self) -> None:
        recompute.lock([self.document.space_id])
        self.document = (
            Document.objects.select_related("space__parent").select_for_update(of=("self",)).get(pk=self.document.pk)
        )
        if self.actor is not None:
            require(self.actor, self.verb, self.document.space)

    def rewrite(self, state: bytes, wanted: tree.Tree) -> int | None:
        """Make the text into `wanted` by a new edit on top of `state`, the present one; its number, None: no change.

        Only what differs is written: an edit of somebody else that is on its way still finds its paragraph.
        """
        data = update_blocks(state, wanted)
        if data is None:
            return None
        user, party = (self.actor.user, self.actor.party) if self.actor else (None, None)
        return append(self.document, data, user=user, party=party)

    def committed(self, result: Result) -> None:
        bus.tell([self.document.pk])
