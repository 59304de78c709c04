"""The state of a document, read from the log: the newest good snapshot and the rows after it."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass

from pycrdt import Doc

from . import tree
from .models import Document, Snapshot, Update

logger = logging.getLogger("wagtail_cse.coedit")

#: A snapshot is made when this many rows stand behind the newest one.
SNAPSHOT_EVERY = 500
#: The newest and one to fall back on; the rows they stand for are still there.
KEEP_SNAPSHOTS = 2


@dataclass(frozen=True, slots=True)
class Loaded:
    """`base` (a snapshot or b"") and the rows after it make the state at `seq`; `since` is where `base` ends."""

    base: bytes
    rows: list[bytes]
    since: int
    seq: int

    def doc(self) -> Doc:
        """The Yjs document. Rows are applied in one transaction: merging them first takes seconds."""
        ydoc = tree.load(self.base)
        if self.rows:
            with ydoc.transaction():
                for data in self.rows:
                    ydoc.apply_update(data)
        return ydoc


def read(document_id: int, upto: int | None = None) -> Loaded:
    """What makes the document at sequence number `upto` (default: now). Two queries."""
    snapshots = Snapshot.objects.filter(document_id=document_id)
    rows = Update.objects.filter(document_id=document_id)
    if upto is not None:
        snapshots, rows = snapshots.filter(seq__lte=upto), rows.filter(seq__lte=upto)
    base, since = b"", 0
    for seq, data, digest in snapshots.order_by("-seq").values_list("seq", "state", "sha256").iterator(chunk_size=1):
        if hashlib.sha256(data).hexdigest() == digest:
            base, since = bytes(data), seq
            break
        logger.error("snapshot %s of document %s does not match its checksum and is not used", seq, document_id)
    found = list(rows.filter(seq__gt=since).order_by("seq").values_list("seq", "data"))
    return Loaded(base, [bytes(data) for _, data in found], since, found[-1][0] if found else since)


def current(document: Document) -> bytes:
    """The encoded Yjs state of the document now (format v1)."""
    return read(document.pk).doc().get_update()


def current_tree(document: Document) -> tree.Tree:
    """The neutral tree of the document now."""
    return tree.from_doc(read(document.pk).doc())


def take_snapshot(document_id: int) -> Snapshot | None:
    """Store the state as a snapshot when enough rows have gathered; None when there is nothing to do.

    It is read back and compared before it is stored: a snapshot that does not give the same state vector and the same
    text is worse than none.
    """
    loaded = read(document_id)
    if loaded.seq - loaded.since < SNAPSHOT_EVERY:
        return None
    ydoc = loaded.doc()
    state = ydoc.get_update()
    again = tree.load(state)
    if again.get_state() != ydoc.get_state() or tree.from_doc(again) != tree.from_doc(ydoc):
        logger.error("the snapshot of document %s at %s was not equal to its log", document_id, loaded.seq)
        return None
    snapshot, _made = Snapshot.objects.get_or_create(
        document_id=document_id,
        seq=loaded.seq,
        defaults={"state": state, "sha256": hashlib.sha256(state).hexdigest()},
    )
    newest = Snapshot.objects.filter(document_id=document_id).order_by("-seq").values_list("pk", flat=True)
    Snapshot.objects.filter(document_id=document_id).exclude(pk__in=list(newest[:KEEP_SNAPSHOTS])).delete()
    return snapshot
