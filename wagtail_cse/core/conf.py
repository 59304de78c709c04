"""Typed settings: `WAGTAIL_CSE_<APP>_<NAME>`, read when they are used."""

from __future__ import annotations

from typing import Any

from django.conf import settings


class AppSettings:
    """Base for the settings of one app; subclasses add typed properties that call `_get`."""

    def __init__(self, prefix: str):
        self.prefix = prefix

    def _get(self, name: str, default: Any) -> Any:
        return getattr(settings, f"{self.prefix}{name}", default)
