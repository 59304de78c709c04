"""Who may do what in a partnership, beyond the verbs of its Space.

A coordinator decides about the people of his own organisation. An organisation that lost its last coordinator may get
a new one from the coordinators of the other organisations, so that no side is left without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from wagtail_cse.access import rights
from wagtail_cse.access.models import Grant
from wagtail_cse.access.network import is_secretariat
from wagtail_cse.access.policies import can
from wagtail_cse.access.recompute import lock
from wagtail_cse.access.roles import Role
from wagtail_cse.core.exceptions import NotAllowed, Stale

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wagtail_cse.members.models import Organisation

    from .models import Partnership


def may_start(user: Any) -> bool:
    """Only the secretariat (and superusers) starts partnerships."""
    return is_secretariat(user)


def coordinates(user: Any, partnership: Partnership) -> bool:
    """Whether the person coordinates the partnership; holds while it is read-only too."""
    return can(user, "manage", partnership.space)


def coordinator_grants(partnership: Partnership) -> QuerySet[Grant]:
    """The personal grants that make people coordinators at this moment."""
    return Grant.objects.to_people().filter(space=partnership.space_id, role=Role.COORDINATOR)


def own_organisations(user: Any, partnership: Partnership) -> set[int]:
    """Keys of the partner organisations whose people this coordinator decides about."""
    partners = set(partnership.partners.values_list("organisation_id", flat=True))
    if not coordinates(user, partnership):
        return set()
    grants = list(coordinator_grants(partnership).values_list("user_id", "through_id"))
    bodies = Grant.objects.to_parties().filter(space=partnership.space_id, role=Role.COORDINATOR)
    coordinating = {through for _user_id, through in grants} | set(bodies.values_list("party_id", flat=True))
    mine = {through for user_id, through in grants if user_id == user.pk}
    mine |= rights.of(user).parties() & coordinating
    if user.is_superuser or None in mine:  # not through an organisation: a coordinator of the whole
        return partners
    return (mine | (partners - coordinating)) & partners


def locked(partnership: Partnership, *, revision: int | None = None) -> Partnership:
    """The partnership read again under lock: first its Space, then its row.

    Raises `Stale` when `revision` is given and somebody changed the partnership since.
    """
    lock([partnership.space_id])
    rights.forget()
    fresh = type(partnership).objects.select_for_update().get(pk=partnership.pk)
    if revision is not None and fresh.revision != revision:
        raise Stale(
            _(
                "Somebody changed this partnership after you opened the page. Nothing of yours was saved yet: "
                "compare with what is there now, then save again."
            )
        )
    return fresh


def require_coordinator(user: Any, partnership: Partnership) -> None:
    """Raise `Http404` for outsiders and `NotAllowed` for people inside who do not coordinate."""
    if coordinates(user, partnership):
        return
    if not can(user, "view", partnership.space):
        raise Http404
    raise NotAllowed(_("Only a coordinator of this partnership can do this."))


def require_side(user: Any, partnership: Partnership, organisation: Organisation) -> None:
    """Raise `NotAllowed` unless the person decides about the people of `organisation` here."""
    require_coordinator(user, partnership)
    if organisation.pk not in own_organisations(user, partnership):
        raise NotAllowed(
            _("Only a coordinator of %(organisation)s decides about its people.") % {"organisation": organisation}
        )


def require_open(partnership: Partnership) -> None:
    """Raise `NotAllowed` when the partnership is ended or archived."""
    if partnership.is_open:
        return
    raise NotAllowed(
        _("This partnership has ended: everything can be read, nothing can be changed. A coordinator can reopen it.")
    )
