from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def cse_hits(pieces: list[tuple[str, bool]]) -> SafeString:
    """Text in pieces with its hits marked; everything escaped."""
    return format_html_join(
        "",
        "{}",
        ((format_html('<mark class="cse-hit">{}</mark>', text) if hit else text,) for text, hit in pieces),
    )
