"""Pictures written anew, without what a camera or a program wrote beside them (place, time, device)."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

#: Pillow's name -> content type. Everything else is written as PNG.
WRITTEN = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "AVIF": "image/avif"}


def rewritten(image: Image.Image) -> tuple[bytes, str, tuple[int, int]]:
    """The picture of an opened image alone, turned upright: its bytes, Pillow's name of the format, its size.

    Of several pictures in one file only the first stays: a phone hides films and second views behind a JPEG ("MPO"),
    a moving GIF distracts. Raises what Pillow raises when the file is damaged. The caller has looked at the size in
    pixels.
    """
    # A JPEG with further pictures behind the first.
    kind = "JPEG" if image.format == "MPO" else image.format or ""
    kind = kind if kind in WRITTEN else "PNG"
    image.load()
    upright = ImageOps.exif_transpose(image)
    if kind == "JPEG" and upright.mode not in ("RGB", "L"):
        upright = upright.convert("RGB")
    elif upright.mode == "P":
        upright = upright.convert("RGBA")
    elif upright.mode not in ("1", "L", "LA", "RGB", "RGBA", "I;16"):
        upright = upright.convert("RGB")
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    clean.save(out, kind, **({"quality": 88, "optimize": True} if kind == "JPEG" else {}))
    return out.getvalue(), kind, clean.size
