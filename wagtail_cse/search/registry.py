"""What can be searched: each domain app registers a source in its `ready()`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One object in one language, as a source gives it. Give `space_id` or `public`, never both."""

    object_id: str
    locale: str
    title: str
    updated: dt.datetime
    translation_key: str
    summary: str = ""
    body: str = ""
    url: str = ""
    space_id: int | None = None
    public: bool = False


class Source:
    """A kind of thing that can be found. Subclass it, then `register(MySource())`."""

    #: Stable name, stored with every document.
    kind: str = ""
    #: Translated plural for the filter, and singular over a hit.
    label: Any = ""
    label_one: Any = ""

    def entries(self, object_ids: Sequence[str] | None = None) -> Iterable[Entry]:
        """All entries, or those of some objects; an object that gives none any more leaves the index."""
        raise NotImplementedError

    def stale(self, spaces: Any, limit: int) -> Sequence[str]:
        """Ids of at most `limit` objects in the Spaces (a queryset) whose text changed since it was indexed."""
        return ()

    def url(self, document: Any) -> str:
        """Where a hit leads; asked when it is shown, in the reader's language."""
        return document.url


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    _sources[source.kind] = source


def sources() -> dict[str, Source]:
    return dict(_sources)


def get(kind: str) -> Source | None:
    return _sources.get(kind)
