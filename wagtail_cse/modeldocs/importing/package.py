"""Opening a DOCX file (a ZIP archive of XML parts) without trusting anything in it."""

from __future__ import annotations

import io
import posixpath
import zipfile

from django.utils.translation import gettext as _
from lxml import etree

from wagtail_cse.core.exceptions import Invalid

from ..conf import settings

#: Largest single part, unpacked, in bytes: as XML a text of a thousand pages. Its tree takes ten times as much.
MAX_PART = 16 * 1024 * 1024
#: Below this sum the ratio says nothing: a short text in a large style sheet packs very well.
RATIO_FROM = 10 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE_DOCUMENT = "/officeDocument"


class Package:
    """The parts of one DOCX.

    Everything is checked against the central directory before the first byte is unpacked, and a part is never read
    beyond the size that it declared there. Raises `Invalid` with a sentence for the user.
    """

    def __init__(self, data: bytes):
        if data.startswith(_OLE):
            raise Invalid(
                _(
                    "This Word file is in the old format or protected by a password. "
                    "Save it as .docx without a password and send it again."
                ),
                code="old_word",
            )
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError) as error:
            raise broken() from error
        _refuse_bombs(entries, len(data))
        self._entries = {entry.filename.lstrip("/"): entry for entry in entries}
        self.main = self._main_part()

    def read(self, name: str) -> bytes:
        """The bytes of a part; empty when there is none."""
        entry = self._entries.get(name)
        if entry is None:
            return b""
        if entry.flag_bits & 0x1 or entry.file_size > MAX_PART:
            raise broken()
        try:
            with self._zip.open(entry) as stream:
                return stream.read(entry.file_size)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise broken() from error
        except Exception as error:  # zlib.error, lzma.LZMAError: no common base class
            raise broken() from error

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part; None when there is none. A part with a document type is refused."""
        data = self.read(name)
        if not data:
            return None
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise broken() from error
        # Word never writes one; entities declared there are how a small file becomes a large one.
        if root.getroottree().docinfo.internalDTD is not None:
            raise broken()
        return root

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Relations of a part: id -> (type, target part or address, whether it is outside the file)."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        result = {}
        for one in root.iterfind(f"{{{_REL}}}Relationship") if root is not None else ():
            outside = one.get("TargetMode") == "External"
            target = one.get("Target", "")
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            result[one.get("Id", "")] = (one.get("Type", ""), target, outside)
        return result

    def _main_part(self) -> str:
        for kind, target, outside in self.relations("").values():
            if kind.endswith(_OFFICE_DOCUMENT) and not outside and target in self._entries:
                return target
        raise Invalid(_("This is not a Word document (.docx)."), code="not_docx")


def broken() -> Invalid:
    return Invalid(
        _("This Word file is damaged and cannot be read. Open it in Word or LibreOffice, save it and send that."),
        code="broken",
    )


def _refuse_bombs(entries: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if (
        len(entries) > settings.import_max_parts
        or unpacked > settings.import_max_unpacked_bytes
        or packed > size
        or (unpacked > RATIO_FROM and unpacked > settings.import_max_ratio * size)
    ):
        raise Invalid(
            _("This file unpacks to far more than a text of its size. It was not opened."), code="too_large_unpacked"
        )
