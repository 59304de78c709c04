"""When an original is published again its changed segments show as untranslated, without anyone asking for it."""

from __future__ import annotations

from typing import Any

from wagtail.signals import page_published

from . import localize
from .page_mixins import WholeTranslationMixin


def original_published(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, WholeTranslationMixin) and localize.installed():
        source = localize.source_of(instance)
        if source is not None:
            source.update_from_db()


def connect() -> None:
    page_published.connect(original_published, dispatch_uid="cse_languages_original_published")
