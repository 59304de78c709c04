"""Images inside a document: private files, verified before they are stored."""

from __future__ import annotations

import io
import warnings
from typing import Any, ClassVar

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from wagtail_cse.access.actors import Actor
from wagtail_cse.access.models import PrivateFile
from wagtail_cse.core import pictures
from wagtail_cse.core.exceptions import Invalid

from .. import canonical
from ..models import Document, DocumentImage
from .base import DocumentAction

MAX_BYTES = 10 << 20
MAX_PIXELS = 40_000_000
#: Pillow's name -> content type and ending. SVG is no picture but a program, and not among them.
FORMATS = {
    "JPEG": ("image/jpeg", "jpg"),
    "PNG": ("image/png", "png"),
    "GIF": ("image/gif", "gif"),
    "WEBP": ("image/webp", "webp"),
}


class AddImage(DocumentAction[DocumentImage]):
    """Store an uploaded picture for use in `document`.

    It is decoded and written anew, turned upright: what a camera wrote beside the picture (place, time, device) and
    whatever else hides in the file stays out. Raises `Invalid`.
    """

    name: ClassVar[str] = "cse_coedit.add_image"

    def __init__(self, *, actor: Actor, document: Document, file: Any):
        self.actor = actor
        self.document = document
        self.file = file

    def check(self) -> None:
        super().check()
        if self.file.size > MAX_BYTES:
            raise Invalid(_("This image is too large: 10 MB at most."), code="size")
        self.data, self.content_type, self.size = clean_image(self.file.read())

    def write(self) -> DocumentImage:
        ending = next(ending for kind, ending in FORMATS.values() if kind == self.content_type)
        stored = PrivateFile(
            space=self.document.space,
            name=f"{self.document.title[:80]}.{ending}",
            content_type=self.content_type,
            size=len(self.data),
            sha256=canonical.sha256(self.data),
            width=self.size[0],
            height=self.size[1],
            uploaded_by=self.actor.user if self.actor else None,
            party=self.actor.party if self.actor else None,
        )
        stored.file.save(stored.name, ContentFile(self.data), save=True)
        return DocumentImage.objects.create(document=self.document, file=stored)


def clean_image(data: bytes) -> tuple[bytes, str, tuple[int, int]]:
    """The picture written anew, its content type and its size in pixels; raises `Invalid`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
                return _written(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Invalid(_("This image has too many pixels: 40 million at most."), code="pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise Invalid(
            _("This file is not an image we can use. Choose a JPEG, PNG, GIF or WebP."), code="type"
        ) from None


def _written(image: Image.Image) -> tuple[bytes, str, tuple[int, int]]:
    if image.width * image.height > MAX_PIXELS:
        raise Invalid(_("This image has too many pixels: 40 million at most."), code="pixels")
    data, written, size = pictures.rewritten(image)
    return data, FORMATS[written][0], size
