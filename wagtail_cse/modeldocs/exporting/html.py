"""A standalone HTML page: no address outside it is needed to read it."""

from __future__ import annotations

import base64

from django.template.loader import render_to_string
from django.utils.translation import get_language

from wagtail_cse.coedit.render import to_html

from .edition import Edition

RTL = ("ar", "fa", "he", "ur", "ckb", "ps", "sd", "yi")


def write_html(edition: Edition) -> bytes:
    """The page as UTF-8 bytes; images are embedded as data URIs."""

    def image_url(key: str) -> str | None:
        image = edition.images.get(key)
        if image is None:
            return None
        return f"data:{image.content_type};base64,{base64.b64encode(image.data).decode('ascii')}"

    context = {
        "edition": edition,
        "text": to_html(edition.tree, image_url),
        "direction": direction(edition.language),
        "interface_language": get_language(),
    }
    return render_to_string("wagtail_cse/modeldocs/export.html", context).encode()


def direction(language: str) -> str:
    """ "rtl" or "ltr" for a BCP 47 tag."""
    return "rtl" if language.split("-")[0] in RTL else "ltr"
