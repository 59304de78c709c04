"""Keep the projection true: read the objects again, write what they say now, remove what is gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from . import analysis, engines, registry
from .models import SearchDocument

BATCH = 200


def refresh(kind: str, object_ids: Iterable[object]) -> None:
    """Index some objects of one source as they are now; an object that is gone leaves the index.

    Call it inside the transaction that changed them when the change restricts (unpublish, delete, made private);
    otherwise with `transaction.on_commit`.
    """
    source = registry.get(kind)
    ids = [str(pk) for pk in object_ids]
    if source is None or not ids:
        return
    with transaction.atomic():
        kept = {_write(kind, entry) for entry in source.entries(ids)}
        gone = SearchDocument.objects.filter(kind=kind, object_id__in=ids).exclude(pk__in=kept)
        _delete(gone)


def remove(kind: str, object_ids: Iterable[object]) -> None:
    """Take objects out of the index at once."""
    _delete(SearchDocument.objects.filter(kind=kind, object_id__in=[str(pk) for pk in object_ids]))


def rebuild(kinds: Sequence[str] | None = None) -> int:
    """Index everything again; returns the number of documents. What is gone is removed."""
    written = 0
    for kind, source in registry.sources().items():
        if kinds and kind not in kinds:
            continue
        with transaction.atomic():
            kept = {_write(kind, entry) for entry in source.entries(None)}
            _delete(SearchDocument.objects.filter(kind=kind).exclude(pk__in=kept))
        written += len(kept)
    _delete(SearchDocument.objects.exclude(kind__in=registry.sources()))
    return written


def _write(kind: str, entry: registry.Entry) -> int:
    document, _created = SearchDocument.objects.update_or_create(
        kind=kind,
        object_id=entry.object_id,
        locale=entry.locale,
        defaults={
            "translation_key": entry.translation_key,
            "title": entry.title[:255],
            "summary": entry.summary,
            "body": entry.body,
            "url": entry.url,
            "space_id": entry.space_id,
            "public": entry.public,
            "updated": entry.updated,
        },
    )
    engines.for_vendor(connection.vendor).upsert(
        document.pk,
        analysis.tokens(entry.title, entry.locale),
        analysis.tokens(entry.summary, entry.locale),
        analysis.tokens(entry.body, entry.locale),
    )
    return document.pk


def _delete(documents) -> None:
    pks = list(documents.values_list("pk", flat=True))
    engine = engines.for_vendor(connection.vendor)
    for start in range(0, len(pks), BATCH):
        engine.delete(pks[start : start + BATCH])
    documents.filter(pk__in=pks).delete()
