"""What a page shows about its languages: the row of languages, and the label of a text that stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from wagtail_cse.access.network import is_secretariat
from wagtail_cse.core.switch import own_name

from . import localize, teams
from .page_mixins import WholeTranslationMixin


def page_languages(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The languages of the site, each with the address of this text in it."""
    page, request = context.get("page"), context.get("request")
    if page is None or request is None:
        return None
    shown = getattr(request, "cse_fallback_for", "") or page.locale.language_code
    live = {
        sibling.locale.language_code: sibling
        for sibling in page.get_translations(inclusive=True).live().public().select_related("locale")
    }
    rows = []
    for code, name in settings.LANGUAGES:
        row = {"code": code, "name": own_name(code, name), "current": code == page.locale.language_code == shown}
        if code in live:
            row["url"] = live[code].get_url(request)
        else:
            row["missing"] = True
        rows.append(row)
    may = [locale for locale in teams.locales_for(request.user) if locale.language_code not in live]
    return {"languages": rows, "translate_into": may if localize.installed() else [], "page": page}


def notice(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The label over a text that stands in for a missing translation, or over an outdated translation."""
    page, request = context.get("page"), context.get("request")
    if page is None or request is None:
        return None
    wanted = getattr(request, "cse_fallback_for", "")
    if wanted:
        return {"wanted": wanted, "shown": page.locale.language_code, "page": page}
    if isinstance(page, WholeTranslationMixin) and is_outdated(page):
        return {"outdated": True, "shown": page.locale.language_code, "page": page}
    return None


def is_outdated(page: Any) -> bool:
    """Has the original changed since this translation was published?"""
    translation = localize.translation_of(page)
    if translation is None:
        return False
    published = page.last_published_at
    return bool(published and published < translation.source.last_updated_at) or not localize.is_complete(translation)


def fallback_sentence(wanted: str) -> str:
    """“This text is not yet in Turkish.” in the reader's language."""
    sentences = {
        "en": _("This text is not yet in English."),
        "tr": _("This text is not yet in Turkish."),
        "el": _("This text is not yet in Greek."),
        "it": _("This text is not yet in Italian."),
    }
    return sentences.get(wanted) or _("This text is not yet in this language.")


def shown_sentence(shown: str) -> str:
    """“You see it in English.” in the reader's language."""
    sentences = {
        "en": _("You see it in English."),
        "tr": _("You see it in Turkish."),
        "el": _("You see it in Greek."),
        "it": _("You see it in Italian."),
    }
    return sentences.get(shown) or _("You see it in the language it was written in.")


def urls_in_languages(page: Any, request: Any) -> dict[str, str]:
    """For the language menu: each language's address of this text, labelled fallbacks included."""
    urls = {}
    parent = page.get_parent()
    for sibling in page.get_translations(inclusive=True).live().public().select_related("locale"):
        urls[sibling.locale.language_code] = sibling.get_url(request)
    for index in parent.get_translations().live().public().select_related("locale"):
        code = index.locale.language_code
        if code not in urls:
            urls[code] = f"{index.get_url(request)}{page.slug}/"
    return {code: url for code, url in urls.items() if url}


def account_links(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The translation board, for those who may open it."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return {} if teams.locales_for(user) or is_secretariat(user) else None
