"""Reading files that people bring: bytes in, neutral tree, pending images and a report out. Stores nothing."""

from __future__ import annotations

import posixpath

from django.core.files.base import File
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from wagtail_cse.core.exceptions import Invalid

from ..conf import MB, settings
from .docx import read_docx
from .flow import Imported, PendingImage
from .html import read_html
from .report import sentences

__all__ = ["Imported", "PendingImage", "read", "sentences"]

HTML_ENDINGS = (".html", ".htm", ".xhtml")
ACCEPT = ".docx,.html,.htm,.xhtml"


def read(upload: File) -> Imported:
    """Read an uploaded DOCX or HTML file.

    The size is checked before the first byte is read. What the file is, its content says; the ending of its name only
    decides when that is not clear. Raises `Invalid` with a sentence for the user; stores nothing in any case.
    """
    limit = settings.import_max_bytes
    if (upload.size or 0) > limit:
        raise Invalid(
            _("This file is too large: at most %(limit)s MB are possible. Make its images smaller and send it again.")
            % {"limit": number_format(limit / MB, 0)},
            code="too_large",
        )
    if not upload.size:
        raise Invalid(_("This file is empty."), code="empty")
    upload.seek(0)
    data = upload.read(limit + 1)
    if len(data) > limit:
        raise Invalid(_("This file is too large."), code="too_large")
    name = posixpath.basename(upload.name or "").lower()
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")) or name.endswith(".docx"):
        return read_docx(data)
    if name.endswith(HTML_ENDINGS) or data[:512].lstrip().lower().startswith((b"<!doctype html", b"<html")):
        return read_html(data)
    raise Invalid(
        _("Only Word documents (.docx) and web pages (.html) can be imported. This file is something else."),
        code="wrong_type",
    )
