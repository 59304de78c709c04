"""Who is here, across transports and processes: in Django's cache, for half a minute, never in the database.

A site whose processes share no cache shows over HTTP only the people of the same process; the text is not concerned.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache import cache

from wagtail_cse.access.tickets import Ticket

from . import wire
from .connection import Card
from .exceptions import Rejected

MAX_STATE = 4096
#: Seconds after which somebody who says nothing is not shown any more.
LIFETIME = 30
#: Client id -> (clock, state, owner, when).
Present = dict[int, tuple[int, bytes, Any, float]]


def _key(document_id: int) -> str:
    return f"cse_coedit:presence:{document_id}"


def present(document_id: int) -> Present:
    """Everybody in this document who spoke lately."""
    oldest = time.time() - LIFETIME
    found: Present = cache.get(_key(document_id)) or {}
    return {client: entry for client, entry in found.items() if entry[3] > oldest}


def put(document_id: int, said: Iterable[tuple[wire.Presence, Any]]) -> Present:
    """Add or replace what these clients, each with its owner, say of themselves; returns everybody."""
    now = time.time()
    found = present(document_id)
    news = {state.client: (state.clock, state.state, owner, now) for state, owner in said}
    if news:
        found.update(news)
        cache.set(_key(document_id), found, LIFETIME)
    return found


def share(said: Mapping[int, Iterable[tuple[wire.Presence, Any]]]) -> dict[int, Present]:
    """`put` for several documents."""
    return {document_id: put(document_id, states) for document_id, states in said.items()}


def hear(
    document_id: int, ticket: Ticket, card: Card, data: bytes, owners: Mapping[int, tuple[Any, int | None]]
) -> None:
    """An awareness message that came over HTTP: kept where it speaks of the sender, signed by the server."""
    owner = (ticket.user_id, ticket.party_id)
    found = present(document_id)
    mine = []
    for state in wire.read_awareness(data, limit=1000, max_state=MAX_STATE):
        if owners.get(state.client, owner) != owner or found.get(state.client, (0, b"", owner, 0.0))[2] != owner:
            continue
        mine.append(wire.Presence(state.client, state.clock, signed(card, state.state)))
    put(document_id, [(state, owner) for state in mine[:4]])


def others(document_id: int, mine: set[int]) -> list[wire.Presence]:
    """What the clients except `mine` say of themselves."""
    return [
        wire.Presence(client, clock, state)
        for client, (clock, state, _owner, _at) in present(document_id).items()
        if client not in mine
    ]


def signed(card: Card, state: bytes) -> bytes:
    """The state with name, organisation and colour of the person who really sent it; raises `Rejected`."""
    try:
        said = json.loads(state)
    except (ValueError, RecursionError):
        raise Rejected("awareness") from None
    if said is None:
        return b"null"
    if not isinstance(said, dict):
        raise Rejected("awareness")
    said["user"] = card.as_dict()
    return json.dumps(said, separators=(",", ":")).encode()
