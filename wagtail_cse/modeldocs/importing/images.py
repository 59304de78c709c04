"""Which images are taken over from a file, and in what form."""

from __future__ import annotations

import uuid

from wagtail_cse.coedit.actions.images import clean_image
from wagtail_cse.coedit.schema import MAX_ATTRIBUTE
from wagtail_cse.core.exceptions import Invalid

from ..conf import settings
from .flow import Node, PendingImage
from .report import Report

#: Bytes of one picture as it lies in the file.
MAX_BYTES = 10 * 1024 * 1024


class Images:
    """Collects the pictures of one file, each written anew: what a camera wrote beside it (place, time) stays out."""

    def __init__(self, report: Report):
        self.report = report
        self.pending: list[PendingImage] = []

    def take(self, data: bytes, alt: str, *, caption: str = "", decorative: bool = False) -> Node | None:
        """The image block for these bytes; None (reported) when they cannot be taken over."""
        cleaned = self._clean(data)
        if cleaned is None:
            self.report.add("bad_image")
            return None
        key = uuid.uuid4()
        alt = " ".join(alt.split())[:MAX_ATTRIBUTE]
        self.pending.append(PendingImage(key, *cleaned))
        caption = " ".join(caption.split())[:MAX_ATTRIBUTE]
        attrs = {"image": str(key), "alt": alt, "caption": caption, "decorative": decorative and not alt}
        return {"type": "image", "attrs": attrs}

    def _clean(self, data: bytes) -> tuple[bytes, str] | None:
        if not data or len(data) > MAX_BYTES or len(self.pending) >= settings.import_max_images:
            return None
        try:
            written, content_type, _size = clean_image(data)
        except Invalid:
            return None
        return written, content_type
