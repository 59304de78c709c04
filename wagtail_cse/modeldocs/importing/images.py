"""Which images may be taken over from a file."""

from __future__ import annotations

import io
import warnings

from PIL import Image

from ..conf import settings

#: Pillow's format: the type under which it is stored.
TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "GIF": "image/gif", "WEBP": "image/webp"}
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000


def acceptable(data: bytes, taken: int) -> str:
    """The content type of an image that may be stored, found by its bytes and never by its name; else ""."""
    if not data or len(data) > MAX_BYTES or taken >= settings.import_max_images:
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(TYPES)) as image:
                if image.width * image.height > MAX_PIXELS:
                    return ""
                image.verify()
                return TYPES[image.format or ""]
    except Exception:
        # Pillow raises whatever its readers meet in broken bytes (SyntaxError, struct.error, ...).
        return ""
