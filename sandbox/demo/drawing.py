"""The demo's only picture, drawn here: the long table from above."""

from __future__ import annotations

import base64
from io import BytesIO

from PIL import Image, ImageDraw

INK, PAPER, TABLE, PLATE, CHAIR = "#1d2b2a", "#fdfbf5", "#c98f5a", "#fffdf8", "#0f5a5c"


def long_table() -> str:
    """A PNG as a data: address."""
    picture = Image.new("RGB", (1200, 480), PAPER)
    draw = ImageDraw.Draw(picture)
    for x in range(120, 1080, 96):
        for y in (96, 384):
            draw.ellipse((x - 26, y - 26, x + 26, y + 26), fill=CHAIR)
    draw.rounded_rectangle((60, 144, 1140, 336), 28, fill=TABLE, outline=INK, width=4)
    for x in range(120, 1080, 96):
        for y in (192, 288):
            draw.ellipse((x - 30, y - 30, x + 30, y + 30), fill=PLATE, outline=INK, width=3)
    for x in (252, 588, 924):
        draw.ellipse((x - 22, 218, x + 22, 262), fill="#8c2f39", outline=INK, width=3)
    data = BytesIO()
    picture.save(data, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(data.getvalue()).decode()}"
