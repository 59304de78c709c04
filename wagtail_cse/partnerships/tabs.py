"""The tabs of a workspace: links to its parts. Apps above register theirs in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Partnership
from .next_steps import Reader


@dataclass(frozen=True)
class Tab:
    """One tab. `name` is what a view says to mark it as the current one."""

    name: str
    label: str
    url: str
    current: bool = False


Provider = Callable[[Partnership, Reader], Tab | None]

_providers: dict[str, tuple[int, Provider]] = {}


def register(name: str, provider: Provider, order: int = 50) -> None:
    """Add a tab; `provider(partnership, reader)` returns it, or None to leave it out for this reader."""
    _providers[name] = (order, provider)


def for_reader(partnership: Partnership, reader: Reader, current: str) -> list[Tab]:
    """The tabs that this reader sees, in order."""
    ordered = sorted(_providers.items(), key=lambda item: (item[1][0], item[0]))
    tabs = [provider(partnership, reader) for _name, (_order, provider) in ordered]
    return [Tab(tab.name, tab.label, tab.url, tab.name == current) for tab in tabs if tab is not None]


def _overview(partnership: Partnership, reader: Reader) -> Tab:
    return Tab("overview", _("Overview"), workspace_url(partnership))


def _people(partnership: Partnership, reader: Reader) -> Tab:
    return Tab("people", _("People and rights"), _reverse("people", partnership))


def _settings(partnership: Partnership, reader: Reader) -> Tab | None:
    if not reader.may("manage", partnership):
        return None
    return Tab("settings", _("Settings"), _reverse("settings", partnership))


def _history(partnership: Partnership, reader: Reader) -> Tab | None:
    if not reader.may("manage", partnership):
        return None
    return Tab("history", _("History"), _reverse("history", partnership))


def _reverse(name: str, partnership: Partnership, *args: Any) -> str:
    return reverse(f"cse_partnerships:{name}", args=[partnership.uuid, *args])


def workspace_url(partnership: Partnership) -> str:
    """The stable address of a workspace; it leads to the page in the reader's language."""
    return _reverse("workspace", partnership)


def register_own() -> None:
    register("overview", _overview, 0)
    register("people", _people, 80)
    register("settings", _settings, 90)
    register("history", _history, 95)
