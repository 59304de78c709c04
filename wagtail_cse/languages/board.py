"""Text by language: what is current, outdated, in work, missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from wagtail_cse.core import sections

from . import localize, teams


@dataclass(slots=True)
class Cell:
    """`state`: original, current, outdated, work or missing. `page`: the page in that language, if there is one."""

    locale: Locale
    state: str
    total: int = 0
    done: int = 0
    page: Page | None = None
    may_edit: bool = False
    may_publish: bool = False

    @property
    def whole(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def word(self) -> str:
        return {
            "original": _("Original"),
            "current": _("Up to date"),
            "outdated": _("The original has changed"),
            "work": _("In work"),
            "missing": _("Not yet translated"),
        }[self.state]

    @property
    def status(self) -> dict[str, str]:
        """For the status element."""
        kinds = {"original": "ok", "current": "ok", "outdated": "old", "work": "work", "missing": "none"}
        return {"kind": kinds[self.state], "label": self.word}


@dataclass(slots=True)
class Row:
    page: Page
    cells: list[Cell] = field(default_factory=list)


def originals(page_number: int, size: int = 50) -> tuple[list[Page], bool]:
    """The public texts that can be translated, newest first, and whether there are more."""
    found: list[Page] = []
    for name in teams.SECTIONS:
        try:
            model = sections.get(name).page_model
        except KeyError:
            continue
        if model is not None:
            found += model.objects.live().public().filter(alias_of=None).select_related("locale")
    first: dict[Any, Page] = {}
    for page in sorted(found, key=lambda page: page.pk):
        first.setdefault(page.translation_key, page)
    rows = sorted(
        first.values(), key=lambda page: page.first_published_at or page.latest_revision_created_at, reverse=True
    )
    start = (page_number - 1) * size
    return rows[start : start + size], len(rows) > start + size


def board(user: Any, page_number: int = 1) -> tuple[list[Row], bool]:
    """The rows of the board for a translator; the number of queries grows with the languages only."""
    pages, more = originals(page_number)
    locales = list(Locale.objects.order_by("language_code"))
    edit = {locale.pk for locale in teams.locales_for(user, "change")}
    publish = {locale.pk for locale in teams.locales_for(user, "publish")}
    siblings = {
        (page.translation_key, page.locale_id): page
        for page in Page.objects.filter(translation_key__in=[p.translation_key for p in pages], alias_of=None)
    }
    sources = _sources(pages)
    counts = {locale.pk: localize.progress([s.pk for s in sources.values()], locale.pk) for locale in locales}
    rows = []
    for page in pages:
        row = Row(page)
        for locale in locales:
            source = sources.get(page.translation_key)
            total, done = counts[locale.pk].get(source.pk, (0, 0)) if source else (0, 0)
            target = siblings.get((page.translation_key, locale.pk))
            row.cells.append(
                Cell(
                    locale,
                    _state(page, locale, target, source, total, done),
                    total,
                    done,
                    target,
                    locale.pk in edit,
                    locale.pk in publish,
                )
            )
        rows.append(row)
    return rows, more


def _sources(pages: list[Page]) -> dict[Any, Any]:
    if not localize.installed():
        return {}
    from wagtail_localize.models import TranslationSource

    return {
        source.object_id: source
        for source in TranslationSource.objects.filter(object_id__in=[p.translation_key for p in pages])
    }


def _state(page: Page, locale: Locale, target: Page | None, source: Any, total: int, done: int) -> str:
    if locale.pk == page.locale_id:
        return "original"
    if target is None:
        return "missing"
    if not target.live:
        return "work"
    published = target.last_published_at
    if source is not None and (done < total or (published and published < source.last_updated_at)):
        return "outdated"
    return "current"
