"""The missing parents of a translation, made as pages of their own: no aliases, and no pages of the site itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Locale, Page

from wagtail_cse.core import sections
from wagtail_cse.core.exceptions import Invalid


def ensure_ancestors(page: Page, locale: Locale, user: Any = None) -> Page:
    """The translation of `page`'s parent in `locale`; section pages of ours that are missing there are made, live.

    Raises `Invalid` when a page of the site itself (its home page) is missing in that language.
    """
    parent = page.get_parent()
    found = parent.get_translation_or_none(locale)
    if found is not None and found.alias_of_id is None:
        return found
    section = next((s for s in sections.all() if s.index_model and isinstance(parent.specific, s.index_model)), None)
    if section is None:
        raise Invalid(_("This site has no home page in that language yet. The people who run the site can add it."))
    ensure_ancestors(parent, locale, user)
    made = parent.specific.copy_for_translation(locale, copy_parents=False, alias=False, exclude_fields=["live"])
    with override(locale.language_code):
        made.title = str(section.title)
        made.slug = str(section.slug)
    made.draft_title = made.title
    made.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    return made
