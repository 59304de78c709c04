"""The language of a text: a BCP 47 tag that the person chose or the file states."""

from __future__ import annotations

import re

from django.utils.translation import get_language_info
from wagtail.coreutils import get_content_languages

from wagtail_cse.core.switch import own_name

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")


def choices() -> list[tuple[str, str]]:
    """The languages of the site, each in its own name."""
    return [(code, own_name(code, name)) for code, name in get_content_languages().items()]


def translated_name(code: str) -> str:
    """The language's name in the reader's language."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code


def stated(tag: str) -> str:
    """What a file states ("tr-TR", "EN_us"), as the site writes it; "" when it states nothing sensible."""
    tag = tag.strip().lower().replace("_", "-")
    if not _TAG.fullmatch(tag) or tag.startswith(("und", "zxx", "mul")):
        return ""
    offered = get_content_languages()
    return tag if tag in offered else tag.split("-")[0]
