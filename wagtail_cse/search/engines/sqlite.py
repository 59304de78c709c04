"""SQLite: an FTS5 table over our own tokens."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

TABLE = "cse_search_fts"


def create(schema_editor) -> None:
    schema_editor.execute(
        f"CREATE VIRTUAL TABLE {TABLE} USING fts5(title, summary, body, tokenize = 'unicode61 remove_diacritics 0')"
    )


def drop(schema_editor) -> None:
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def upsert(pk: int, title: Sequence[str], summary: Sequence[str], body: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE rowid = %s", [pk])  # noqa: S608 - a constant
        cursor.execute(
            f"INSERT INTO {TABLE}(rowid, title, summary, body) VALUES (%s, %s, %s, %s)",  # noqa: S608
            [pk, " ".join(title), " ".join(summary), " ".join(body)],
        )


def delete(pks: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(f"DELETE FROM {TABLE} WHERE rowid = %s", [[pk] for pk in pks])  # noqa: S608


def match(groups: Sequence[Sequence[str]]) -> tuple[str, list[str]]:
    """SQL of the matching rows (`id`, `score`: higher is better) and its parameters."""
    query = " AND ".join("(" + " OR ".join(f'"{token}"' for token in group) + ")" for group in groups)
    return (
        f"SELECT rowid AS id, -bm25({TABLE}, 6.0, 3.0, 1.0) AS score FROM {TABLE} WHERE {TABLE} MATCH %s",  # noqa: S608
        [query],
    )
