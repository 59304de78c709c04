"""The demo site's own navigation: pages of its tree that are shown in menus, in the reader's language."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from wagtail.models import Locale, Page, Site

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_pages(context: template.Context) -> list[dict[str, Any]]:
    """Rows {title, url, current} for the pages directly below the home page that are shown in menus."""
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    if site is None:
        return []
    # Asked once in a request: the header and the menu of narrow screens show the same.
    rows = getattr(request, "_sandbox_menu", None)
    if rows is None:
        root = site.root_page
        home = root.get_translation_or_none(Locale.get_active()) or root
        rows = [
            {"title": page.title, "url": page.get_url(request)}
            for page in Page.objects.child_of(home).live().public().in_menu().order_by("path")
        ]
        for row in rows:
            row["current"] = bool(row["url"]) and request.path.startswith(row["url"])
        request._sandbox_menu = rows
    return rows


@register.simple_tag
def search_url() -> str:
    """The address of the search, "" while there is none."""
    try:
        return reverse("cse_search:search")
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def start_url(context: template.Context) -> str:
    """The start page in the reader's language."""
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    if site is None:
        return "/"
    home = site.root_page.get_translation_or_none(Locale.get_active()) or site.root_page
    return home.get_url(request) or "/"


@register.simple_tag(takes_context=True)
def is_start_page(context: template.Context, page: Page) -> bool:
    """Whether a page is the root of its site, in whatever language."""
    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    return site is not None and page.translation_key == site.root_page.translation_key
