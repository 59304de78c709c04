"""Before a page is translated: the missing sections above it, and nothing else.

wagtail-localize's own ways (aliases, "include subtree", locale synchronisation) change other people's pages or
corrupt the tree; here only sections of ours are made, as real pages.
"""

from __future__ import annotations

from wagtail.models import Locale, Page

from wagtail_cse.core.exceptions import Invalid

from . import setup


def ensure_translated_ancestors(page: Page, locale: Locale) -> Page:
    """Make what is missing above `page` in `locale` and return the page that will be the translation's parent.

    Only sections of ours are made. Raises `Invalid` when a page of the site itself has no version in that language:
    the site must decide about its own pages.
    """
    parent = page.get_parent()
    translated = parent.get_translation_or_none(locale) if parent.depth > 1 else parent
    if translated is not None and translated.alias_of_id is None:
        return translated
    section = setup.section_of(parent)
    if section is None or translated is not None:
        raise Invalid(setup.no_page_in_language(parent, locale))
    ensure_translated_ancestors(parent, locale)
    return setup.translate_section(parent.specific, section, locale)
