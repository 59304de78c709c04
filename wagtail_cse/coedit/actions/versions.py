"""Keeping a state of the text, and going back to one without losing anything."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_cse.access.actors import Actor
from wagtail_cse.core.exceptions import AlreadyDone, Invalid

from .. import canonical, state, tree
from ..models import Document, Version
from ..signals import version_made
from .base import DocumentAction


def keep(document: Document, *, actor: Actor | None, kind: str, data: bytes | None = None, **fields: Any) -> Version:
    """Store the present state as the next version. The document must be locked. `data`: its state, if known."""
    data = state.current(document) if data is None else data
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    return Version.objects.create(
        document=document,
        number=last + 1,
        kind=kind,
        title=document.title,
        language=document.language,
        seq=document.head,
        state=data,
        content=tree.from_state(data),
        created_by=actor.user if actor else None,
        party=actor.party if actor else None,
        **fields,
    )


class NameVersion(DocumentAction[Version]):
    """Keep the present state under a name. The same name for the same state a second time: `AlreadyDone`."""

    name: ClassVar[str] = "cse_coedit.name_version"

    def __init__(self, *, actor: Actor | None, document: Document, name: str, note: str = ""):
        self.actor = actor
        self.document = document
        self.version_name = " ".join(name.split())
        self.note = note.strip()

    def check(self) -> None:
        super().check()
        if not self.version_name:
            raise Invalid(_("Give the version a name."), code="name")
        if len(self.version_name) > 120:
            raise Invalid(_("This name is too long: 120 characters at most."), code="name")
        same = self.document.versions.filter(name=self.version_name, seq=self.document.head, kind=Version.Kind.NAMED)
        if same.exists():
            raise AlreadyDone(_("This version has already been kept under this name."))

    def write(self) -> Version:
        return keep(
            self.document,
            actor=self.actor,
            kind=Version.Kind.NAMED,
            name=self.version_name,
            note=self.note,
        )

    def log(self, result: Version) -> None:
        log(
            self.document,
            self.name,
            user=self.actor.user if self.actor else None,
            data={"version": result.number, "name": result.name},
        )

    def committed(self, result: Version) -> None:
        super().committed(result)
        version_made.send(Version, version_id=result.pk, document_id=self.document.pk)


class FreezeVersion(DocumentAction[Version]):
    """Keep the present state for signing: its canonical bytes and their SHA-256 are fixed with it.

    Raises `Invalid` when there is nothing to sign, or when the file of an image in the text is missing: its bytes are
    part of what is signed.
    """

    name: ClassVar[str] = "cse_coedit.freeze_version"

    def __init__(self, *, actor: Actor | None, document: Document, name: str = "", note: str = ""):
        self.actor = actor
        self.document = document
        self.version_name = " ".join(name.split())[:120]
        self.note = note.strip()

    def check(self) -> None:
        super().check()
        self.state = state.current(self.document)
        self.content = tree.from_state(self.state)
        if not any(block.get("content") or block["type"] == "image" for block in self.content["content"]):
            raise Invalid(_("The document is empty: there is nothing to sign yet."), code="empty")
        if canonical.MISSING in canonical.image_hashes(self.document, self.content).values():
            raise Invalid(
                _("An image in the text is missing its file. Remove it or insert it again, then try once more."),
                code="image",
            )

    def write(self) -> Version:
        version = keep(
            self.document,
            actor=self.actor,
            kind=Version.Kind.FROZEN,
            data=self.state,
            name=self.version_name,
            note=self.note,
        )
        version.canonical_format = canonical.FORMAT
        # From the row as the database gives it back: what is hashed is what can be read again.
        version.content = Version.objects.values_list("content", flat=True).get(pk=version.pk)
        version.canonical = canonical.canonical_bytes(version)
        version.sha256 = canonical.sha256(version.canonical)
        version.save(update_fields=["canonical", "canonical_format", "sha256"])
        return version

    def log(self, result: Version) -> None:
        log(
            self.document,
            self.name,
            user=self.actor.user if self.actor else None,
            data={"version": result.number, "sha256": result.sha256},
        )

    def committed(self, result: Version) -> None:
        super().committed(result)
        version_made.send(Version, version_id=result.pk, document_id=self.document.pk)


class RestoreVersion(DocumentAction[Version | None]):
    """Make the text into that of an earlier version, as a new edit on top: nothing is rewound, nothing is lost.

    The present state is kept first, as an automatic version, which is returned; None when the text is that already.
    """

    name: ClassVar[str] = "cse_coedit.restore_version"

    def __init__(self, *, actor: Actor | None, version: Version):
        self.actor = actor
        self.version = version
        self.document = version.document

    def write(self) -> Version | None:
        data = state.current(self.document)
        if tree.from_state(data) == tree.with_bids(self.version.content):
            return None
        before = keep(
            self.document,
            actor=self.actor,
            kind=Version.Kind.AUTOMATIC,
            data=data,
            reason=Version.Reason.RESTORE,
        )
        self.rewrite(data, self.version.content)
        return before

    def log(self, result: Version | None) -> None:
        if result is not None:
            log(
                self.document,
                self.name,
                user=self.actor.user if self.actor else None,
                data={"version": self.version.number, "kept": result.number},
            )
