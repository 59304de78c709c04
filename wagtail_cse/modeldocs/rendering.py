"""The text of a draft or version on our pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from wagtail_cse.coedit import render
from wagtail_cse.coedit.models import Document, Version


@dataclass(frozen=True, slots=True)
class Text:
    """`words`: how many words, for people; `outline`: headings as in `coedit.render.outline`, with `anchor`."""

    html: SafeString
    words: int
    outline: list[dict[str, Any]]


def tree_html(document: Document, tree: dict[str, Any]) -> Text:
    """The HTML of a tree of this document; images are served to those who may see the document."""

    def image_url(key: str) -> str:
        return reverse("cse_coedit:image", args=[document.uuid, key])

    outline = [{**item, "anchor": render.anchor(item["bid"])} for item in render.outline(tree)]
    html = render.to_html(tree, image_url, anchors=True)
    return Text(html=html, words=len(render.to_text(tree).split()), outline=outline)


def version_html(version: Version) -> Text:
    """The HTML of a kept version."""
    return tree_html(version.document, version.content)
