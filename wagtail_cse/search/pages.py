"""Public pages of the site as search sources, one source per kind of page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from . import registry
from .registry import Entry, Source


class PageSource(Source):
    """Live pages that everybody may see; one source for each page type that is a kind of its own.

    A page type with the methods `get_search_summary()` and `get_search_body()` says what is searched; of others
    the title and the search description are. Domain apps register a subclass with `page_type` (it may be an
    abstract mixin); the pages of no such type belong to the plain source.
    """

    kind = "page"
    label = _("Pages")
    label_one = _("Page")
    page_type: type | None = None

    def owns(self, page: Page) -> bool:
        """Does a page (specific instance) belong to this source?"""
        if self.page_type is not None:
            return isinstance(page, self.page_type)
        return not any(source.page_type and isinstance(page, source.page_type) for source in page_sources())

    def entries(self, object_ids: Sequence[str] | None = None) -> Iterable[Entry]:
        pages = Page.objects.live().public().filter(depth__gt=1, cse_space_tree=None, alias_of=None)
        if object_ids is not None:
            pages = pages.filter(pk__in=object_ids)
        for page in pages.specific().select_related("locale").iterator(chunk_size=200):
            url = page.url if self.owns(page) else None
            if url:
                yield Entry(
                    object_id=str(page.pk),
                    locale=page.locale.language_code,
                    translation_key=str(page.translation_key),
                    title=page.title,
                    summary=text_of(page, "get_search_summary") or page.search_description,
                    body=text_of(page, "get_search_body"),
                    url=url,
                    public=True,
                    updated=page.last_published_at or timezone.now(),
                )


def page_sources() -> list[PageSource]:
    return [source for source in registry.sources().values() if isinstance(source, PageSource)]


def text_of(page: Any, method: str) -> str:
    """Plain text from an optional method of a page type."""
    found = getattr(page, method, None)
    return strip_tags(str(found())) if callable(found) else ""
