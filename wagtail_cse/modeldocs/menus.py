"""The link to the published model documents in the site's menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from wagtail.models import Locale, Site

from wagtail_cse.core import sections


def nav(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The section in the reader's language, for everybody; nothing where it is not set up."""
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    locale = Locale.objects.filter(language_code=get_language() or "").first()
    if site is None or locale is None:
        return None
    page = sections.get("models").pages(site).live().filter(locale=locale).first()
    url = page.get_url(request) if page is not None else None
    return {"models_url": url, "models_current": request.path.startswith(url)} if url else None
