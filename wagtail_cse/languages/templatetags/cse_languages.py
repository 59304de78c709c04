from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from wagtail_cse.core.switch import translated_name
from wagtail_cse.languages import parts

register = template.Library()


@register.simple_tag
def cse_not_yet(code: str) -> str:
    return parts.fallback_sentence(code)


@register.simple_tag
def cse_shown_in(code: str) -> str:
    return parts.shown_sentence(code)


@register.simple_tag
def cse_translate_into(code: str) -> str:
    """The label of the button that starts a translation."""
    sentences = {
        "en": _("Translate into English"),
        "tr": _("Translate into Turkish"),
        "el": _("Translate into Greek"),
        "it": _("Translate into Italian"),
    }
    return sentences.get(code) or _("Translate into: %(language)s") % {"language": cse_language(code)}


@register.simple_tag
def cse_language(code: str) -> str:
    """A language's name in the reader's language."""
    return translated_name(code)
