"""The text as a page, for reading without JavaScript and for print."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import get_language_info
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wagtail_cse.access.loaders import get_for
from wagtail_cse.access.policies import can

from .. import render, state
from ..models import Document


@never_cache
@require_GET
def text(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The draft as it is now."""
    document = get_for(request.user, "view", Document, uuid=key)
    tree = state.current_tree(document)
    return render_page(
        request,
        "wagtail_cse/coedit/document_text.html",
        {
            "document": document,
            "dir": direction(document.language),
            "outline": [{**item, "anchor": render.anchor(item["bid"])} for item in render.outline(tree)],
            "html": render.to_html(tree, image_urls(document), anchors=True),
            "may_write": can(request.user, "change", document),
        },
    )


def image_urls(document: Document) -> render.ImageURL:
    """The address of an image in the text of this document; None for what is no uuid."""

    def url(key: str) -> str | None:
        try:
            return reverse("cse_coedit:image", args=[document.uuid, uuid.UUID(key)])
        except ValueError:
            return None

    return url


def direction(language: str) -> str:
    """ "rtl" or "ltr", of a BCP 47 tag."""
    try:
        return "rtl" if get_language_info(language)["bidi"] else "ltr"
    except KeyError:
        return "ltr"
