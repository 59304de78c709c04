from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wagtail_cse.core.switch import translated_name

from . import query


@never_cache
@require_safe
def search_results(request: HttpRequest) -> HttpResponse:
    """One box over everything the reader may see."""
    text = request.GET.get("q", "")
    kind = request.GET.get("kind", "")
    language = request.GET.get("lang", "")
    number = request.GET.get("page", "1")
    found = query.search(
        text,
        request.user,
        locale=get_language() or settings.LANGUAGE_CODE,
        kind=kind,
        language=language,
        page=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )
    narrowed = {k: v for k, v in {"q": found.query, "kind": kind, "lang": language}.items() if v}
    return render(
        request,
        "wagtail_cse/search/search_results.html",
        {
            "found": found,
            "query": text.strip(),
            "kind": kind,
            "language": language,
            "locales": [(code, translated_name(code), count) for code, count in found.locales],
            "previous": urlencode({**narrowed, "page": found.page - 1}) if found.page > 1 else "",
            "next": urlencode({**narrowed, "page": found.page + 1}) if found.page < found.pages else "",
        },
        status=200,
    )
