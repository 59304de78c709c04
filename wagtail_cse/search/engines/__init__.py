"""The full-text part of a query, per database: the same tokens, the same contract.

Each engine module has `create`, `drop` (for the migration), `upsert`, `delete` and `match`.
"""

from __future__ import annotations

from types import ModuleType

from django.core.exceptions import ImproperlyConfigured

from . import postgresql, sqlite

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


def for_vendor(vendor: str) -> ModuleType:
    try:
        return ENGINES[vendor]
    except KeyError:
        raise ImproperlyConfigured(f"wagtail_cse.search works on SQLite and PostgreSQL, not on {vendor}.") from None
