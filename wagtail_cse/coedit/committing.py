"""The group commit: everything that waits, in one transaction, with the rights read again inside it.

Nothing is acknowledged or shown to anybody before `commit` returns, so what a person was told is saved, and what
another has seen, is in the database.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone

from wagtail_cse.access import tickets
from wagtail_cse.access.models import Space
from wagtail_cse.access.tickets import Ticket

from . import bus, tree
from .models import Client, Document, Update, Version
from .room import Room, Staged


@dataclass(eq=False, slots=True)
class Pending:
    """A staged update on its way into the log. `seq` is set when it is committed."""

    room: Room
    ticket: Ticket
    staged: Staged
    transport: str
    seq: int | None = None


@dataclass(slots=True)
class Outcome:
    """What became of a batch.

    `committed`: in the log. `denied`: the right was gone, or the client id belongs to somebody else. `dropped`: not
    tried, because the memory of their room had become untrue. Rooms of the last two are `broken`.
    """

    committed: list[Pending] = field(default_factory=list)
    denied: list[Pending] = field(default_factory=list)
    dropped: list[Pending] = field(default_factory=list)


def commit(batch: Iterable[Pending]) -> Outcome:
    """Write a batch to the log. Raises what the database raises; then nothing of the batch is stored."""
    outcome = Outcome()
    rooms: dict[Room, list[Pending]] = defaultdict(list)
    for pending in batch:
        rooms[pending.room].append(pending)
    with transaction.atomic():
        everything = [pending for waiting in rooms.values() for pending in waiting]
        lock(pending.ticket for pending in everything)
        verbs = tickets.recheck({pending.ticket for pending in everything})
        rows: list[Update] = []
        clients: list[Client] = []
        for room in sorted(rooms, key=lambda room: room.document_id):
            _commit_room(room, rooms[room], verbs, outcome, rows, clients)
        Update.objects.bulk_create(rows)
        Client.objects.bulk_create(clients)
        _notify({pending.room.document_id for pending in outcome.committed})
    for pending in (*outcome.denied, *outcome.dropped):
        pending.room.broken = True
    return outcome


def lock(held: Iterable[Ticket]) -> None:
    """Hold still what decides the rights of these tickets until the commit: people, then Spaces, parents first.

    Whoever changes rights locks the Space for update, so one of the two comes first. Shared locks let several
    processes write to the same Space at once. SQLite has one writer, which we are by now.
    """
    held = list(held)
    if connection.vendor != "postgresql" or not held:
        return
    user_model = get_user_model()
    _share(user_model, {ticket.user_id for ticket in held if ticket.user_id is not None})
    spaces = {ticket.space_id for ticket in held}
    parents = Space.objects.filter(pk__in=spaces, parent__isnull=False).values_list("parent_id", flat=True)
    _share(Space, set(parents))
    _share(Space, spaces)


def _share(model: Any, keys: set[Any]) -> None:
    """`SELECT ... FOR SHARE`, which Django's `select_for_update` cannot say."""
    if not keys:
        return
    field = model._meta.pk
    quote = connection.ops.quote_name
    values = [field.get_db_prep_value(key, connection) for key in sorted(keys, key=str)]
    marks = ", ".join(["%s"] * len(values))
    sql = (
        f"SELECT 1 FROM {quote(model._meta.db_table)} WHERE {quote(field.column)} IN ({marks}) "  # noqa: S608
        f"ORDER BY {quote(field.column)} FOR SHARE"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _commit_room(
    room: Room,
    waiting: list[Pending],
    verbs: dict[Ticket, frozenset[str]],
    outcome: Outcome,
    rows: list[Update],
    clients: list[Client],
) -> None:
    if room.broken:
        outcome.dropped += waiting
        return
    allowed = _allowed(room, waiting, verbs, outcome)
    if not allowed:
        return
    now = timezone.now()
    # The row lock makes the numbers gap-free, also across processes, and keeps foreign client ids out.
    Document.objects.filter(pk=room.document_id).update(head=F("head") + len(allowed), changed_at=now)
    head = Document.objects.values_list("head", flat=True).get(pk=room.document_id)
    kept = _own_clients(room, allowed, outcome)
    if len(kept) < len(allowed):
        head -= len(allowed) - len(kept)
        Document.objects.filter(pk=room.document_id).update(head=head)
    for seq, pending in enumerate(kept, head - len(kept) + 1):
        pending.seq = seq
        if pending.staged.before is not None:
            _keep_before(pending, seq - 1)
        rows.append(_row(pending, seq, now))
        clients += [
            Client(
                document_id=room.document_id,
                client=client,
                user_id=pending.ticket.user_id,
                party_id=pending.ticket.party_id,
            )
            for client in pending.staged.clients
        ]
    outcome.committed += kept


def _allowed(
    room: Room, waiting: list[Pending], verbs: dict[Ticket, frozenset[str]], outcome: Outcome
) -> list[Pending]:
    """Those before the first whose right is gone: the later ones were judged with its text in memory."""
    for index, pending in enumerate(waiting):
        if "change" not in verbs.get(pending.ticket, frozenset()) or pending.ticket.space_id != room.space_id:
            outcome.denied.append(pending)
            outcome.dropped += waiting[index + 1 :]
            return waiting[:index]
    return waiting


def _own_clients(room: Room, waiting: list[Pending], outcome: Outcome) -> list[Pending]:
    """Another process may have seen one of our new client ids first, in other hands."""
    new = {client for pending in waiting for client in pending.staged.clients}
    if not new:
        return waiting
    rows = Client.objects.filter(document_id=room.document_id, client__in=new)
    owners = {client: (user, party) for client, user, party in rows.values_list("client", "user_id", "party_id")}
    for index, pending in enumerate(waiting):
        mine = (pending.ticket.user_id, pending.ticket.party_id)
        if any(owners.get(client, mine) != mine for client in pending.staged.clients):
            outcome.denied.append(pending)
            outcome.dropped += waiting[index + 1 :]
            waiting = waiting[:index]
            break
        pending.staged.clients = [client for client in pending.staged.clients if client not in owners]
    return waiting


def _row(pending: Pending, seq: int, now: Any) -> Update:
    return Update(
        document_id=pending.room.document_id,
        seq=seq,
        user_id=pending.ticket.user_id,
        party_id=pending.ticket.party_id,
        client=pending.staged.client,
        transport=pending.transport,
        at=now,
        data=pending.staged.data,
    )


def _keep_before(pending: Pending, seq: int) -> None:
    """An update that takes away much is preceded by a version, made by nobody, that keeps what was there."""
    before = pending.staged.before
    assert before is not None
    document = Document.objects.get(pk=pending.room.document_id)
    number = document.versions.aggregate(last=Max("number"))["last"] or 0
    Version.objects.create(
        document=document,
        number=number + 1,
        kind=Version.Kind.AUTOMATIC,
        reason=Version.Reason.MASS_DELETION,
        title=document.title,
        language=document.language,
        seq=seq,
        state=before,
        content=tree.from_state(before),
        created_by_id=pending.ticket.user_id,
        party_id=pending.ticket.party_id,
    )


def _notify(documents: set[int]) -> None:
    """A hint for the other processes; what they read is the log."""
    if connection.vendor == "postgresql" and documents:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [bus.CHANNEL, bus.payload(documents)])
