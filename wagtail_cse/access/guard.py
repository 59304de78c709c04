"""Views of Wagtail and wagtail-localize that never ask the policy: asked here before they run."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase

#: Views that send pages and documents to visitors.
SERVING = frozenset({"wagtail_serve", "wagtaildocs_serve"})


def serves(request: Any) -> bool:
    """Whether this request is for a page or a document of the site."""
    match = request.resolver_match
    return match is not None and match.url_name in SERVING


def check(request: Any, view: Any, kwargs: dict[str, Any]) -> HttpResponseBase | None:
    return None
