"""One state of a model document, with everything that a file of it needs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from wagtail_cse.coedit.canonical import image_uuids
from wagtail_cse.coedit.models import DocumentImage, Version

if TYPE_CHECKING:
    from ..models import ModelDocument

#: "12 November 2026" in every language; a file is read in other years, too.
DAY = "j F Y"


@dataclass(frozen=True, slots=True)
class EditionImage:
    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Edition:
    """`line` says which state it is ("Version 3, “After İzmir”, 12 November 2026"), in the reader's language."""

    title: str
    language: str
    tree: dict[str, Any]
    line: str
    organisations: tuple[str, ...] = ()
    images: Mapping[str, EditionImage] = field(default_factory=dict)

    def file_name(self, ending: str) -> str:
        """A name that every file system takes; letters of all languages are kept."""
        base = re.sub(r"[^\w\s.-]", "", self.title).strip(" .") or "document"
        return re.sub(r"\s+", "-", base)[:80] + f".{ending}"


def edition(
    model_document: ModelDocument, version: Version | None, tree: dict[str, Any], *, with_images: bool = True
) -> Edition:
    """The edition of a version, or (None) of the draft as it stands in `tree` now."""
    document = model_document.document
    return Edition(
        title=version.title if version else document.title,
        language=version.language if version else document.language,
        tree=tree,
        line=version_line(version),
        organisations=tuple(model_document.partnership.organisations.order_by("name").values_list("name", flat=True)),
        images=_images(document, tree) if with_images else {},
    )


def version_line(version: Version | None) -> str:
    """Which state this is, for people."""
    if version is None:
        now = timezone.localtime()
        return _("Draft, %(date)s, %(time)s") % {"date": date_format(now, DAY), "time": f"{now:%H:%M}"}
    values = {
        "number": version.number,
        "name": version.name,
        "date": date_format(timezone.localtime(version.created_at), DAY),
    }
    if version.name:
        return _("Version %(number)d, “%(name)s”, %(date)s") % values
    return _("Version %(number)d, %(date)s") % values


def _images(document: Any, tree: dict[str, Any]) -> dict[str, EditionImage]:
    """The bytes of every image in the tree that can be read; others show their alternative text."""
    wanted = set(image_uuids(tree))
    found = {}
    rows = DocumentImage.objects.filter(document=document, uuid__in=wanted).select_related("file") if wanted else ()
    for row in rows:
        try:
            with row.file.file.open("rb") as stored:
                found[str(row.uuid)] = EditionImage(stored.read(), row.file.content_type)
        except OSError:
            continue
    return found
