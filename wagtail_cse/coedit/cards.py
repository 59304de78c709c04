"""How a person is shown to the others in a document."""

from __future__ import annotations

from django.utils.translation import gettext as _

from wagtail_cse.access.actors import Actor
from wagtail_cse.core.people import display_name

from .connection import Card


def card_of(actor: Actor) -> Card:
    """Name, organisation and its mark. Never an e-mail address."""
    user, party = actor.user, actor.party
    name = display_name(user) if user is not None and user.is_authenticated else _("Reader")
    if party is None:
        return Card(name=name, initials=name[:2])
    return Card(
        name=name,
        party=party.name,
        initials=party.initials or party.name[:2],
        colour=party.colour,
        shape=party.shape,
    )
