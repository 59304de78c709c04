"""PostgreSQL: a tsvector of our own tokens with a GIN index."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

TABLE = "cse_search_terms"
#: PostgreSQL's limits: positions up to 16383, at most 256 for one word.
LAST_POSITION = 16383
POSITIONS = 256


def create(schema_editor) -> None:
    schema_editor.execute(f"CREATE TABLE {TABLE} (id bigint PRIMARY KEY, terms tsvector NOT NULL)")
    schema_editor.execute(f"CREATE INDEX {TABLE}_gin ON {TABLE} USING gin (terms)")


def drop(schema_editor) -> None:
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def vector(title: Sequence[str], summary: Sequence[str], body: Sequence[str]) -> str:
    """The text form of a tsvector: words with positions and weights A (title), B (summary), D (body)."""
    places: dict[str, list[str]] = {}
    position = 0
    for weight, tokens in (("A", title), ("B", summary), ("", body)):
        for token in tokens:
            position = min(position + 1, LAST_POSITION)
            found = places.setdefault(token, [])
            if len(found) < POSITIONS and (not found or found[-1] != f"{position}{weight}"):
                found.append(f"{position}{weight}")
    return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())


def upsert(pk: int, title: Sequence[str], summary: Sequence[str], body: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE}(id, terms) VALUES (%s, %s::tsvector) "  # noqa: S608 - a constant
            "ON CONFLICT (id) DO UPDATE SET terms = EXCLUDED.terms",
            [pk, vector(title, summary, body)],
        )


def delete(pks: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE id = ANY(%s)", [list(pks)])  # noqa: S608


def match(groups: Sequence[Sequence[str]]) -> tuple[str, list[str]]:
    """SQL of the matching rows (`id`, `score`: higher is better) and its parameters."""
    query = " & ".join("(" + " | ".join(f"'{token}'" for token in group) + ")" for group in groups)
    return (
        f"SELECT id, ts_rank('{{0.1, 0.2, 0.5, 1.0}}', terms, query) AS score "  # noqa: S608
        f"FROM {TABLE}, (SELECT %s::tsquery AS query) AS asked WHERE terms @@ query",
        [query],
    )
