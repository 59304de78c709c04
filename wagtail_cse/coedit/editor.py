"""What the page with the editor needs: `editor_context(request, document)` for `wagtail_cse/coedit/editor.html`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.middleware.csrf import get_token
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from wagtail_cse.access import acting, policies
from wagtail_cse.core.people import display_name

from . import render, schema, state
from .editor_labels import editor_labels
from .models import Document
from .views.reading import direction, image_urls

if TYPE_CHECKING:
    from django.http import HttpRequest

#: Stands in addresses where the script puts the id of an image.
ANY_IMAGE = "00000000-0000-0000-0000-000000000000"
#: Icons that the script shows; it takes them from the page.
ICONS = ("check", "sync", "offline", "alert", "info", "eye", "turn")


def editor_context(
    request: HttpRequest,
    document: Document,
    *,
    verbs: frozenset[str] | None = None,
    kicker: str = "",
    back_url: str = "",
    back_label: str = "",
    versions_url: str = "",
    actions_template: str = "",
    side_template: str = "",
    read_only: bool = False,
) -> dict[str, Any]:
    """Context for `{% include "wagtail_cse/coedit/editor.html" %}` in the block `frame` of a page.

    The caller has checked `view`. The number of queries does not grow with the text.

    Args:
        verbs: What the person may do here; default: asked for now.
        kicker: The line above the title ("Model document · draft in English").
        back_url, back_label: The workspace.
        versions_url: The list of versions.
        actions_template: Included in the head, for buttons such as "Ready to sign?"; gets the context of the page.
        side_template: Included below the outline in the section `#ready`; its heading has the id `ready-h`.
        read_only: Nobody writes here now, whatever the rights.
    """
    held = policies.verbs(request.user, document) if verbs is None else verbs
    if read_only:
        held -= {"change"}
    actor = acting.actor(request)
    tree = state.current_tree(document)
    urls = editor_urls(document)
    return {
        "coedit_document": document,
        "coedit_html": render.to_html(tree, image_urls(document), anchors=True),
        "coedit_outline": outline(tree),
        "coedit_verbs": held,
        "coedit_may_write": "change" in held,
        "coedit_may_comment": "comment" in held,
        "coedit_dir": direction(document.language),
        "coedit_icons": ICONS,
        "coedit_kicker": kicker,
        "coedit_back_url": back_url,
        "coedit_back_label": back_label,
        "coedit_versions_url": versions_url,
        "coedit_actions_template": actions_template,
        "coedit_side_template": side_template,
        "coedit_section_url": urls["section"],
        "coedit_text_url": urls["text"],
        "coedit_config": {
            "csrf": get_token(request),
            "urls": urls,
            "user": person(actor),
            "scope": f"{actor.user.pk}:{document.uuid}:{actor.party.key if actor.party else ''}",
            "verbs": sorted(held),
            "language": get_language() or settings.LANGUAGE_CODE,
            "time_zone": timezone.get_current_timezone_name(),
            "document": {"uuid": str(document.uuid), "title": document.title, "language": document.language},
            "schema": schema.VERSION,
            "labels": editor_labels(),
        },
    }


def editor_urls(document: Document) -> dict[str, str]:
    """Addresses that the script uses."""
    names = ("socket", "sync", "threads", "images", "section", "text")
    urls = {name: reverse(f"cse_coedit:{name}", args=[document.uuid]) for name in names}
    urls["image"] = reverse("cse_coedit:image", args=[document.uuid, ANY_IMAGE])
    urls["sign_in"] = resolve_url(settings.LOGIN_URL)
    return urls


def person(actor: Any) -> dict[str, Any]:
    """Who writes here, as the script shows it: the organisation first."""
    party = actor.party
    return {
        "name": display_name(actor.user),
        "party": party.name if party else "",
        "initials": (party.initials or party.name[:2]) if party else display_name(actor.user)[:2],
        "colour": party.colour if party else 12,
        "shape": party.shape if party else "round",
    }


def outline(tree: dict[str, Any]) -> list[dict[str, Any]]:
    """The headings of the upper level, for the page as long as the script has not taken over."""
    found = render.outline(tree)
    top = min((item["level"] for item in found), default=2)
    return [{**item, "anchor": render.anchor(item["bid"])} for item in found if item["level"] == top]
