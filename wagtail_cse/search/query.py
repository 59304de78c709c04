"""One search: words in, groups of translations out, never more than the reader may see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection

from wagtail_cse.access.models import Space

from . import analysis, engines, index, registry
from .models import SearchDocument

PAGE_SIZE = 20
#: More hits than this are not ranked: the reader is asked to add a word.
MOST = 2000
#: Texts that changed since they were indexed, read again before one search.
STALE = 10
LONGEST_QUERY = 200


@dataclass(slots=True)
class Hit:
    """One thing that was found, shown in one language, with the others it exists in."""

    document: SearchDocument
    kind_label: Any
    url: str
    title: list[tuple[str, bool]]
    snippet: list[tuple[str, bool]]
    snippet_locale: str
    others: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class SearchPage:
    query: str
    hits: list[Hit]
    total: int
    page: int
    pages: int
    kinds: list[tuple[str, Any, int]]
    locales: list[tuple[str, int]]


def search(text: str, user: Any, *, locale: str, kind: str = "", language: str = "", page: int = 1) -> SearchPage:
    """Search as `user`. `kind` and `language` narrow; facets count what the words alone would find."""
    text = " ".join(text.split())[:LONGEST_QUERY]
    groups = analysis.query_tokens(text, [code for code, _name in settings.LANGUAGES])
    if not groups:
        return SearchPage(text, [], 0, 1, 1, [], [])
    _refresh_stale(user)
    rows = _rows(groups, user)
    things = _group(rows)
    kinds = Counter(members[0]["kind"] for members in things)
    locales = Counter(code for members in things for code in {m["locale"] for m in members})
    found = [
        members
        for members in things
        if (not kind or members[0]["kind"] == kind)
        and (not language or any(m["locale"] == language for m in members))
    ]
    pages = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(page, 1), pages)
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    hits = _hits(shown, groups, user, language or locale)
    return SearchPage(
        text,
        hits,
        len(found),
        page,
        pages,
        [(k, source.label, kinds[k]) for k, source in registry.sources().items() if kinds[k]],
        sorted(locales.items(), key=lambda item: (-item[1], item[0])),
    )


def _refresh_stale(user: Any) -> None:
    spaces = Space.objects.permitted(user, "view")
    for kind, source in registry.sources().items():
        ids = source.stale(spaces, STALE)
        if ids:
            index.refresh(kind, ids)


def _rows(groups: list[tuple[str, ...]], user: Any) -> list[dict[str, Any]]:
    """The best hits, lightly: one statement that joins the words to what the reader may see."""
    words, word_params = engines.for_vendor(connection.vendor).match(groups)
    seen, seen_params = (
        SearchDocument.objects.permitted(user)
        .values("pk", "kind", "locale", "translation_key", "updated")
        .query.sql_with_params()
    )
    sql = (
        "SELECT seen.pk, seen.kind, seen.locale, seen.translation_key "  # noqa: S608 - no value stands in it
        f"FROM ({words}) AS hit JOIN ({seen}) AS seen ON seen.pk = hit.id "
        "ORDER BY hit.score DESC, seen.updated DESC, seen.pk LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*word_params, *seen_params, MOST])
        names = ("pk", "kind", "locale", "translation_key")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _group(rows: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Translations of one thing together, in the order of the best of them."""
    things: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        things.setdefault((row["kind"], row["translation_key"]), []).append(row)
    return list(things.values())


def _hits(shown: list[list[dict[str, Any]]], groups: list[tuple[str, ...]], user: Any, locale: str) -> list[Hit]:
    keys = {members[0]["translation_key"] for members in shown}
    siblings: dict[tuple[str, str], dict[str, SearchDocument]] = {}
    for document in SearchDocument.objects.permitted(user).filter(translation_key__in=keys).select_related("space"):
        siblings.setdefault((document.kind, document.translation_key), {})[document.locale] = document
    hits = []
    for members in shown:
        family = siblings.get((members[0]["kind"], members[0]["translation_key"]), {})
        document = family.get(locale) or family.get(members[0]["locale"])
        source = registry.get(members[0]["kind"])
        if document is None or source is None:
            continue
        best = family.get(members[0]["locale"], document)
        text = document if analysis.hits(document.title + " " + document.body, document.locale, groups) else best
        hits.append(
            Hit(
                document,
                source.label_one,
                source.url(document),
                _marked(document.title, document.locale, groups),
                _snippet(text, groups),
                text.locale,
                [(code, source.url(other)) for code, other in sorted(family.items()) if other is not document],
            )
        )
    return hits


def _marked(text: str, locale: str, groups: list[tuple[str, ...]]) -> list[tuple[str, bool]]:
    """The text in pieces: (piece, is it a hit)."""
    pieces, at = [], 0
    for start, end in analysis.hits(text, locale, groups):
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces


def _snippet(document: SearchDocument, groups: list[tuple[str, ...]], size: int = 220) -> list[tuple[str, bool]]:
    """About `size` characters around the first hit in the text, cut at words."""
    text = document.body or document.summary
    found = analysis.hits(text, document.locale, groups)
    if not found:
        text = document.summary or text
        start = 0
    else:
        start = max(0, found[0][0] - size // 3)
        start = text.find(" ", start) + 1 if start else 0
    end = len(text) if len(text) <= start + size else text.rfind(" ", start, start + size)
    end = end if end > start else start + size
    pieces = _marked(text[start:end], document.locale, groups)
    if start and pieces:
        pieces.insert(0, ("… ", False))
    if end < len(text):
        pieces.append((" …", False))
    return pieces
