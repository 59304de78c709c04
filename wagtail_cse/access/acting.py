"""For which party a person acts in this session."""

from __future__ import annotations

from typing import Any

from .actors import Actor
from .models import Membership, Party

SESSION_KEY = "cse_access_party"


def parties(user: Any) -> list[Party]:
    """The parties for which `user` may act at this moment, by name."""
    if user is None or not user.is_authenticated or not user.is_active:
        return []
    valid = Membership.objects.valid().filter(user_id=user.pk)
    return list(Party.objects.filter(pk__in=valid.values("party")).order_by("name", "pk"))


def actor(request: Any) -> Actor:
    """Who does something in this request, and for which party.

    The party chosen in the session counts only while the membership does; otherwise the first by name. Who has no
    membership (the secretariat) acts for himself.
    """
    mine = parties(request.user)
    chosen = request.session.get(SESSION_KEY) if hasattr(request, "session") else None
    party = next((party for party in mine if party.key == chosen), mine[0] if mine else None)
    return Actor(request.user, party)


def choose(request: Any, key: str) -> Party | None:
    """Remember in the session for which party the person acts; None when he may not act for it."""
    party = next((party for party in parties(request.user) if party.key == key), None)
    if party is not None:
        request.session[SESSION_KEY] = party.key
    return party


def menu(context: Any) -> dict[str, Any] | None:
    """Variables of the "You act for" part of the account menu; None for who acts for nobody."""
    request = context.get("request")
    if request is None or not hasattr(request, "user"):
        return None
    mine = getattr(request, "_cse_acting", None)
    if mine is None:
        mine = request._cse_acting = (actor(request).party, parties(request.user))
    party, all_parties = mine
    if party is None:
        return None
    return {"acting_party": party, "acting_parties": all_parties, "acting_next": request.get_full_path()}
