"""Private files: stored where no web server looks, sent only to those who may view their Space."""

from __future__ import annotations

import hashlib
import os
import warnings
from typing import Any

from django.core.files.base import ContentFile, File
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from wagtail.log_actions import log

from wagtail_cse.core import pictures
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import Invalid

from .actors import Actor
from .conf import settings
from .loaders import get_for
from .models import PrivateFile, Space

#: Shown in the page; everything else is only ever downloaded (an SVG or an HTML file can carry a script).
INLINE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
#: Pictures by their first bytes, whatever the sender calls them.
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\0", b"MM\0*")


class StorePrivateFile(Action[PrivateFile]):
    """Store a file in a Space. `content`: bytes or an uploaded file.

    Raises `Invalid` when it is too large, of a type that is not accepted, or an image that cannot be read; nothing
    is stored then. The type of an image is what its bytes say, and only the picture is stored: what a camera wrote
    beside it (place, time, device) stays out. `verb` is what the actor must hold (actor None: the
    caller has checked).
    """

    name = "cse_access.store_file"

    def __init__(
        self,
        *,
        actor: Actor | None,
        space: Space,
        content: bytes | File,
        name: str,
        content_type: str = "application/octet-stream",
        verb: str = "change",
    ):
        self.actor = actor
        self.space = space
        self.file = ContentFile(content) if isinstance(content, bytes) else content
        self.filename = os.path.basename(name.replace("\\", "/")).strip()[-255:] or "file"
        self.content_type = content_type.split(";")[0].strip().lower()[:100]
        self.verb = verb
        self.width: int | None = None
        self.height: int | None = None

    def check(self) -> None:
        if self.actor is not None:
            get_for(self.actor.user, self.verb, Space, lock=True, pk=self.space.pk)
        if (self.file.size or 0) > settings.max_file_size:
            raise Invalid(
                _("This file is too large. At most %(size)s are possible.")
                % {"size": filesizeformat(settings.max_file_size)}
            )
        if self.is_image():
            self.clean_image()
        if settings.file_types is not None and self.content_type not in settings.file_types:
            raise Invalid(_("Files of this type cannot be stored here."))

    def is_image(self) -> bool:
        if self.content_type.startswith("image/"):
            return self.content_type != "image/svg+xml"
        self.file.seek(0)
        start = self.file.read(12)
        self.file.seek(0)
        return start.startswith(_SIGNATURES) or (start[:4], start[8:]) == (b"RIFF", b"WEBP")

    def clean_image(self) -> None:
        try:
            self.file.seek(0)
            with warnings.catch_warnings():
                # Between Pillow's two limits; ours is looked at below.
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                with Image.open(self.file) as image:
                    if image.width * image.height > settings.max_image_pixels:
                        raise Invalid(_("This image has too many pixels. Please make it smaller and try again."))
                    data, kind, (self.width, self.height) = pictures.rewritten(image)
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise Invalid(_("This image cannot be read. The file may be damaged.")) from error
        self.content_type = pictures.WRITTEN[kind]
        self.file = ContentFile(data)

    def write(self) -> PrivateFile:
        digest = hashlib.sha256()
        for chunk in self.file.chunks():
            digest.update(chunk)
        self.file.seek(0)
        row = PrivateFile(
            space=self.space,
            name=self.filename,
            content_type=self.content_type,
            size=self.file.size or 0,
            sha256=digest.hexdigest(),
            width=self.width,
            height=self.height,
            uploaded_by=self.actor.user if self.actor else None,
            party_id=self.actor.party.pk if self.actor and self.actor.party else None,
        )
        row.file.save(self.filename, self.file, save=False)
        try:
            row.save()
        except Exception:
            row.file.storage.delete(str(row.file.name))
            raise
        return row

    def log(self, result: PrivateFile) -> None:
        log(
            self.space,
            self.name,
            user=self.actor.user if self.actor else None,
            data={"file": str(result.uuid), "size": result.size},
        )


def response(request: Any, row: PrivateFile) -> HttpResponseBase:
    """The answer that carries a private file, once the caller has asked `can()`.

    Browsers keep it but ask again each time (`private, no-cache`): a lost right ends the picture, too.
    """
    etag = quote_etag(row.sha256)
    unchanged = get_conditional_response(request, etag=etag)
    answer: HttpResponseBase = unchanged if unchanged is not None else _content(row)
    if unchanged is None:
        answer["Content-Type"] = row.content_type
        inline = row.content_type in INLINE_TYPES
        answer["Content-Disposition"] = content_disposition_header(not inline, row.name) or "attachment"
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_vary_headers(answer, ["Cookie"])
    return answer


def _content(row: PrivateFile) -> HttpResponseBase:
    if settings.sendfile == "x-accel":
        answer = HttpResponse()
        answer["X-Accel-Redirect"] = settings.sendfile_url.rstrip("/") + "/" + str(row.file.name)
        return answer
    if settings.sendfile == "x-sendfile":
        answer = HttpResponse()
        answer["X-Sendfile"] = row.file.path
        return answer
    return FileResponse(row.file.open("rb"))
