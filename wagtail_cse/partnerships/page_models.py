"""Making and finding workspace pages, whatever their concrete type is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from wagtail_cse.access.actions import AttachPage
from wagtail_cse.core import sections
from wagtail_cse.core.exceptions import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .models import Partnership


def get() -> type[Page] | None:
    """The type of workspace pages: `WAGTAIL_CSE_PARTNERSHIPS_PAGE_MODEL`, by default that of `wagtail_cse.pages`."""
    return sections.get("partnerships").page_model


def create(partnership: Partnership, user: Any) -> Page | None:
    """Make the workspace page in each language that has a partnerships section, private from the first moment.

    Returns the page in the site's main language; None where the site has no page type for workspaces (then the
    workspace is shown at its own address). Raises `Invalid` when the section is missing.
    """
    model = get()
    if model is None:
        return None
    parent = sections.get("partnerships").find()
    if parent is None:
        raise Invalid(_("The site has no section for partnerships yet. Set up the network first."))
    page = model(
        title=partnership.title, slug=partnership.space.key, partnership=partnership, live=False, locale=parent.locale
    )
    parent.add_child(instance=page)
    _open(page, partnership, user)
    for locale in missing_locales(page):
        translate(page, locale, partnership, user)
    return page


def _open(page: Page, partnership: Partnership, user: Any) -> None:
    # Attached before it goes live: there is no moment at which it is public.
    AttachPage(space=partnership.space, page=page).execute()
    page.save_revision(user=user).publish(user=user, skip_permission_checks=True)


def missing_locales(page: Page) -> list[Locale]:
    """Languages in which the section exists but the workspace page does not."""
    parents = page.get_parent().get_translations().filter(alias_of=None, live=True)
    present = set(page.get_translations(inclusive=True).values_list("locale_id", flat=True))
    return [parent.locale for parent in parents.select_related("locale") if parent.locale_id not in present]


def translate(page: Page, locale: Locale, partnership: Partnership, user: Any) -> Page:
    """Make the same workspace in one more language; it shares the Space."""
    copy = page.copy_for_translation(locale)
    copy.slug = partnership.space.key
    _open(copy, partnership, user)
    return copy


def pages_of(partnership: Partnership) -> dict[str, Page]:
    """Live workspace pages by language code."""
    model = get()
    if model is None:
        return {}
    pages = model.objects.filter(partnership=partnership, live=True).select_related("locale")
    return {page.locale.language_code: page for page in pages}


def titles(partnerships: list[Partnership], language: str) -> dict[int, str]:
    """The name of each partnership in one language, where its page has one of its own; one query."""
    model = get()
    if model is None or not partnerships:
        return {}
    rows = model.objects.filter(partnership__in=partnerships, locale__language_code=language, live=True)
    return dict(rows.values_list("partnership_id", "title"))


def rename(partnership: Partnership, before: str, titles: Mapping[str, str], user: Any) -> None:
    """Carry a new name to the workspace pages: all that had the old one, and those named in `titles`."""
    for language, page in pages_of(partnership).items():
        main = partnership.page_id == page.pk
        title = page.title
        if main or page.title == before:
            title = partnership.title
        if not main and titles.get(language):
            title = titles[language]
        if page.title != title:
            page.title = page.draft_title = title
            page.save_revision(user=user).publish(user=user, skip_permission_checks=True)
