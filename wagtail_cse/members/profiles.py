"""Profile pages: find, make and read them. Their type is the site's choice (`WAGTAIL_CSE_MEMBERS_PAGE_MODEL`,
see `core.sections`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings as django_settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import get_language_info
from wagtail.models import Locale, Page

from wagtail_cse.core import sections

from .models import Organisation
from .policies import may_edit_profile, may_see_people
from .working_languages import language_names

if TYPE_CHECKING:
    from collections.abc import Iterable

#: The name under which the section of profile pages is registered in `core.sections`.
SECTION = "organisations"


def profile_model() -> Any | None:
    """The class of profile pages, or None where none is installed."""
    return sections.get(SECTION).page_model


def profiles_of(organisation: Organisation) -> QuerySet[Any]:
    """The organisation's profile pages in all languages, drafts included; aliases are no profiles."""
    model = profile_model()
    if model is None:
        return Page.objects.none()
    return model.objects.filter(organisation=organisation, alias_of=None).select_related("locale").order_by("pk")


def profile_in(organisation: Organisation, language: str) -> Any | None:
    """The profile page in exactly this language, or None."""
    return profiles_of(organisation).filter(locale__language_code=language).first()


def best_profile(pages: Iterable[Any], language: str | None = None) -> Any | None:
    """Of an organisation's pages the one in `language` (default: the active one), else the site's, else any."""
    wanted = [language or translation.get_language() or "", django_settings.LANGUAGE_CODE]
    ranked = sorted(
        pages,
        key=lambda page: (
            wanted.index(page.locale.language_code) if page.locale.language_code in wanted else len(wanted),
            page.pk,
        ),
    )
    return ranked[0] if ranked else None


def make_profile(
    organisation: Organisation, language: str, user: Any, *, live: bool = True, **texts: Any
) -> Any | None:
    """Make the profile page in one language below the section of organisations, with its first revision.

    Returns the page, or None where profile pages or the section are not set up: an organisation is complete
    without. A second language becomes a translation of the first page, in the same translation tree.
    """
    model = profile_model()
    locale = Locale.objects.filter(language_code=language).first()
    if model is None or locale is None:
        return None
    source = profiles_of(organisation).first()
    if source is not None and source.locale_id == locale.pk:
        return source
    page = _translate(source, locale) if source is not None else _create(model, organisation, locale, user)
    if page is None:
        return None
    for name, value in texts.items():
        setattr(page, name, value)
    revision = page.save_revision(user=user, log_action="wagtail.create")
    if live:
        # The right was checked on the organisation's Space; its people need no Wagtail permission.
        revision.publish(user=user, skip_permission_checks=True)
        page.refresh_from_db()
    return page


def _create(model: Any, organisation: Organisation, locale: Locale, user: Any) -> Any | None:
    parent = sections.get(SECTION).find(locale=locale)
    if parent is None:
        return None
    page = model(
        title=organisation.name,
        slug=organisation.slug,
        organisation=organisation,
        locale=locale,
        owner=user,
        live=False,
    )
    return parent.add_child(instance=page)


def _translate(source: Any, locale: Locale) -> Any:
    page = source.copy_for_translation(locale, copy_parents=True)
    for name in ("intro", "mission", "themes", "target_groups", "offers", "needs", "contact_note"):
        setattr(page, name, "")
    return page


def profile_context(page: Any, user: Any) -> dict[str, Any]:
    """What the profile's template needs beside the page: facts, its languages, and what its own people may do."""
    organisation = page.organisation
    return {
        "organisation": organisation,
        "working_languages": language_names(organisation.languages),
        "profile_languages": [
            {
                "page": other,
                "code": other.locale.language_code,
                "name": get_language_info(other.locale.language_code)["name_local"],
                "current": other.pk == page.pk,
            }
            for other in profiles_of(organisation).filter(live=True)
        ],
        "may_edit": may_edit_profile(user, organisation),
        "may_see_people": may_see_people(user, organisation),
    }
