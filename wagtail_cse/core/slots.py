"""Places in a page that apps above fill in: header parts, home page, workspace page.

    slots.register("account_menu", "wagtail_cse/access/acting_for.html", acting_context, order=10)

is written in `AppConfig.ready()`; a template says `{% cse_slot "account_menu" %}`. A part whose context callable
returns None is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.template import Context, Template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

#: Gets the template context of the place (a flat mapping, with `request` where there is one); returns the
#: variables of the part's own template, or None to show nothing.
ContextCallable = Callable[[Mapping[str, Any]], Mapping[str, Any] | None]
#: Gets the request; returns rows (dicts) for a view to sort and show.
Provider = Callable[[Any], list[dict[str, Any]]]


@dataclass(frozen=True, order=True)
class Part:
    order: int
    template: str
    context: ContextCallable | None = field(default=None, compare=False)


_parts: dict[str, list[Part]] = {}
_providers: dict[str, list[Provider]] = {}


def register(slot: str, template: str, context: ContextCallable | None = None, order: int = 0) -> None:
    """Put a template into a slot. The same template twice in one slot counts once (the later call wins)."""
    parts = [part for part in _parts.get(slot, []) if part.template != template]
    _parts[slot] = sorted([*parts, Part(order, template, context)])


def unregister(slot: str, template: str) -> None:
    """Take a template out of a slot; does nothing if it is not there."""
    _parts[slot] = [part for part in _parts.get(slot, []) if part.template != template]


def parts(slot: str) -> Iterator[Part]:
    """The parts of a slot in their order."""
    return iter(_parts.get(slot, ()))


def render(slot: str, context: Context) -> SafeString:
    """All parts of a slot, one after the other, escaped by their own templates."""
    html = []
    for part in parts(slot):
        values: Mapping[str, Any] | None = {}
        if part.context is not None:
            values = part.context(cast("Mapping[str, Any]", context.flatten()))
        if values is None:
            continue
        with context.push(**values):
            html.append(get_engine_template(part.template).render(context))
    return mark_safe("".join(html))  # noqa: S308 - every part escaped its own output


def get_engine_template(name: str) -> Template:
    """Django's own template object, which renders in the context it is given."""
    return cast(Any, get_template(name)).template


def provide(name: str, provider: Provider) -> None:
    """Add a source of rows, for example `provide("home_next_steps", steps)`."""
    rows = _providers.setdefault(name, [])
    if provider not in rows:
        rows.append(provider)


def withdraw(name: str, provider: Provider) -> None:
    """Take a source of rows away again; does nothing if it is not there."""
    if provider in _providers.get(name, []):
        _providers[name].remove(provider)


def collect(name: str, request: Any) -> list[dict[str, Any]]:
    """The rows of all sources of that name, source by source."""
    return [row for provider in _providers.get(name, ()) for row in provider(request)]
