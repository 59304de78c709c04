from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wagtail_cse.core.switch import translated_name

register = template.Library()


@register.filter
def fingerprint(digits: str, groups: int = 16) -> str:
    """Hex digits in groups of four: `9c41 7be2 ...`; `groups` of them."""
    return " ".join(digits[i : i + 4] for i in range(0, min(len(digits), groups * 4), 4))


@register.simple_tag
def cse_language(code: str) -> str:
    """The language's name in the reader's language."""
    return translated_name(code)


@register.simple_tag
def cse_signed_in_language(code: str) -> str:
    """Which language was signed, as a sentence."""
    sentences = {
        "en": _("The English text was signed. This page is a translation of it."),
        "tr": _("The Turkish text was signed. This page is a translation of it."),
        "el": _("The Greek text was signed. This page is a translation of it."),
        "it": _("The Italian text was signed. This page is a translation of it."),
    }
    general = _("The text in another language (%(language)s) was signed. This page is a translation of it.")
    return sentences.get(code) or general % {"language": cse_language(code)}


@register.simple_tag
def cse_heading(block: Any) -> SafeString:
    """A heading block with the anchor that the contents link to."""
    level = min(max(int(block.value["level"]), 2), 4)
    return format_html('<h{} id="b-{}">{}</h{}>', level, block.id, block.value["text"], level)
