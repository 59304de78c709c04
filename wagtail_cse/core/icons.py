"""The icon sprite, read once: icons are written into the page, so they need no request and work from a CDN."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SPRITE = Path(__file__).parent / "static" / "wagtail_cse" / "core" / "icons.svg"
#: Icons that point somewhere: mirrored where the script runs from right to left. "back" is "next" the other way.
POINTING = frozenset({"turn", "next", "undo", "redo", "list", "numbers", "outline"})


@lru_cache(maxsize=1)
def symbols() -> dict[str, str]:
    """Name -> inner SVG markup."""
    sprite = SPRITE.read_text(encoding="utf-8")
    return dict(re.findall(r'<symbol id="i-([a-z0-9-]+)"[^>]*>(.*?)</symbol>', sprite, re.S))


@lru_cache(maxsize=512)
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """One `<svg>`. Without a label it is hidden from assistive technology: the word must stand beside it.

    Raises KeyError for an unknown name: a missing icon is a mistake in a template.
    """
    pointing = "cse-icon-dir" if name in POINTING else ""
    if name == "back":
        name, pointing = "next", "cse-icon-back"
    inner = mark_safe(symbols()[name])  # noqa: S308 - our own file
    classes = " ".join(filter(None, ["cse-icon", pointing, extra]))
    if label:
        return format_html(
            '<svg class="{}" viewBox="0 0 24 24" role="img" aria-label="{}">{}</svg>', classes, label, inner
        )
    return format_html('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', classes, inner)
