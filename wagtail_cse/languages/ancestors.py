"""Before a page is translated: the missing sections above it, and nothing else.

wagtail-localize's own ways (aliases, "include subtree", locale synchronisation) change other people's pages or
corrupt the tree; here only sections of ours are made, as real pages.
"""

from __future__ import annotations

from typing import Any

from django.utils.text import slugify
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from wagtail_cse.core import sections
from wagtail_cse.core.exceptions import Invalid
from wagtail_cse.core.sections import Section


def ensure_translated_ancestors(page: Page, locale: Locale, user: Any = None) -> Page:
    """Make what is missing above `page` in `locale` and return the page that will be the translation's parent.

    Only sections of ours are made. Raises `Invalid` when a page of the site itself has no version in that language:
    the site must decide about its own pages.
    """
    parent = page.get_parent()
    translated = parent.get_translation_or_none(locale) if parent.depth > 1 else parent
    if translated is not None and translated.alias_of_id is None:
        return translated
    section = section_of(parent)
    if section is None or translated is not None:
        raise Invalid(
            _("The page “%(page)s” has no version in %(language)s. The people who run this site can make one.")
            % {"page": parent.title, "language": get_language_info(locale.language_code)["name_translated"]}
        )
    ensure_translated_ancestors(parent, locale, user)
    return translate_section(parent.specific, section, locale, user)


def section_of(page: Page) -> Section | None:
    """The section whose own page this is."""
    specific = page.specific
    for section in sections.all():
        if section.index_model is not None and isinstance(specific, section.index_model):
            return section
    return None


def section_words(section: Section, locale: Locale, parent: Page, but: Page | None = None) -> tuple[str, str]:
    """Title and free slug of a section page in its own language; `but` is the page itself, if it stands there."""
    with override(locale.language_code):
        title, wanted = str(section.title), slugify(str(section.slug), allow_unicode=True)
    slug, number = wanted, 2
    others = parent.get_children().exclude(pk=but.pk) if but is not None else parent.get_children()
    taken = set(others.values_list("slug", flat=True))
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return title, slug


def translate_section(page: Page, section: Section, locale: Locale, user: Any = None) -> Page:
    """The section in one more language: a real page with a title of that language, empty otherwise."""
    copy = page.copy_for_translation(locale, exclude_fields=_texts(page))
    copy.title, copy.slug = section_words(section, locale, copy.get_parent(), but=copy)
    copy.draft_title = copy.title
    return publish_section(copy, user)


def publish_section(page: Page, user: Any = None) -> Page:
    """Publish a section page that was just made; returns it as it is stored."""
    page.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    page.refresh_from_db()
    return page


def _texts(page: Page) -> list[str]:
    # A text in the other language would stand on a page that says it is in this one.
    return [name for name in ("introduction",) if hasattr(page, name)]
