"""The same page in another language: where each entry of the language menu leads."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info


def own_name(code: str, fallback: str) -> str:
    """A language's name in itself ("Türkçe"), as Django knows it."""
    try:
        name = get_language_info(code)["name_local"]
    except KeyError:
        return fallback
    # Django writes some in lower case ("español"); no upper() here: a Turkish "i" must not become "I".
    return name if name[:1] == "i" and code.startswith("tr") else name[:1].upper() + name[1:]


def translated_name(code: str) -> str:
    """A language's name in the reader's language; its code where Django knows none."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def page_urls(page: Any, request: Any) -> dict[str, str]:
    """Language code -> address of each live translation of a Wagtail page that everybody may see."""
    urls = {}
    for translation in page.get_translations(inclusive=True).live().public().select_related("locale"):
        url = translation.get_url(request)
        if url:
            urls[translation.locale.language_code] = url
    return urls


def languages(context: dict[str, Any]) -> list[dict[str, Any]]:
    """One row per language of the site: code, name, current, and `url` or `post` with `next`.

    A view or page may say better where a language is: `cse_language_urls` in the context, {code: url}. For a Wagtail
    page its live translations are asked; else the address is translated. Where the address does not carry the
    language, or the person is signed in (the choice is remembered), the entry is a form.
    """
    request = context.get("request")
    here = request.get_full_path() if request else "/"
    current = get_language() or settings.LANGUAGE_CODE
    known = dict(context.get("cse_language_urls") or {})
    page = context.get("page")
    if not known and request is not None and hasattr(page, "get_translations") and page.pk:
        known = page_urls(page, request)
    signed_in = bool(request is not None and getattr(request, "user", None) and request.user.is_authenticated)
    rows = []
    for code, name in settings.LANGUAGES:
        url = known.get(code) or translate_url(here, code)
        same = urlsplit(url).path == urlsplit(here).path
        rows.append(
            {
                "code": code,
                "name": own_name(code, name),
                "current": code == current,
                "url": url,
                "next": url,
                "post": code != current and (signed_in or same),
            }
        )
    return rows
