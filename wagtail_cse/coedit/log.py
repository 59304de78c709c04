"""The durable log: appending is the only way in which a document changes.

`append` is the simple form for one edit made by the server inside an action. `commit` (in `committing`) is the group
commit of the live transports.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone

from .inspection import inspect
from .models import Client, Document, Update


def append(document: Document, data: bytes, *, user: Any, party: Any, transport: str = "server") -> int:
    """Append one Yjs update to the log of `document`; returns its sequence number.

    Call it in a transaction, after the rights were checked there. The row lock of the document makes the numbers
    gap-free, also across processes. `data` comes from the server itself; `document.head` is refreshed.
    """
    now = timezone.now()
    Document.objects.filter(pk=document.pk).update(head=F("head") + 1, changed_at=now)
    document.refresh_from_db(fields=["head", "changed_at"])
    report = inspect(data)
    clients = sorted({client for client, _first, _end in report.blocks})
    Update.objects.create(
        document=document,
        seq=document.head,
        user=user,
        party=party,
        client=clients[0] if clients else None,
        transport=transport,
        at=now,
        data=data,
    )
    Client.objects.bulk_create(
        [Client(document=document, client=client, user=user, party=party) for client in clients],
        ignore_conflicts=True,
    )
    return document.head
