"""wagtail-localize, where the site has installed it; the only place that knows its tables."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Count, Exists, OuterRef, Q


def installed() -> bool:
    return apps.is_installed("wagtail_localize")


def source_of(page: Any) -> Any:
    """The TranslationSource whose original is `page`, or None."""
    from wagtail_localize.models import TranslationSource

    return TranslationSource.objects.filter(
        object_id=page.translation_key, locale_id=page.locale_id, translations__isnull=False
    ).first()


def translation_of(page: Any) -> Any:
    """The Translation that `page` is the target of; None for an original or without wagtail-localize."""
    if not installed() or page.translation_key is None:
        return None
    from wagtail_localize.models import Translation

    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .exclude(source__locale_id=page.locale_id)
        .select_related("source", "target_locale")
        .first()
    )


def is_complete(translation: Any) -> bool:
    """Is every string of the original translated, without an error?"""
    total, done = translation.get_progress()
    return total > 0 and total == done


def progress(source_ids: list[int], locale_id: int) -> dict[int, tuple[int, int]]:
    """source id -> (strings, translated strings) for one language, in one query."""
    from wagtail_localize.models import StringSegment, StringTranslation

    translated = StringTranslation.objects.filter(
        translation_of_id=OuterRef("string_id"),
        context_id=OuterRef("context_id"),
        locale_id=locale_id,
        has_error=False,
    )
    rows = (
        StringSegment.objects.filter(source__in=source_ids)
        .annotate(done=Exists(translated))
        .values("source")
        .annotate(total=Count("pk"), translated=Count("pk", filter=Q(done=True)))
        .order_by()
    )
    return {row["source"]: (row["total"], row["translated"]) for row in rows}
