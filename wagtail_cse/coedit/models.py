"""Collaborative documents: the durable log is the truth, everything else is derived from it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .querysets import DocumentQuerySet, ThreadQuerySet, VersionQuerySet


class Document(models.Model):
    """One co-edited text, of any owner (a model document, later a statement, minutes, an application)."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey("cse_access.Space", models.PROTECT, related_name="documents")
    #: Which owner: "modeldoc", ... ; `coedit.owners` maps it to title and address.
    kind = models.CharField(max_length=32)
    title = models.CharField(_("title"), max_length=255)
    #: BCP 47 tag of the text.
    language = models.CharField(_("language"), max_length=15)
    #: Version of the document schema that its clients must speak.
    schema = models.PositiveSmallIntegerField(default=1)
    #: Sequence number of the newest committed update; gap-free.
    head = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def __str__(self) -> str:
        return self.title


class Update(models.Model):
    """One committed Yjs update (format v1), with who wrote it. Rows are only ever appended."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="updates")
    seq = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("cse_access.Party", models.SET_NULL, null=True, related_name="+")
    #: Yjs client id that introduced it (the first one in the update).
    client = models.BigIntegerField(null=True)
    transport = models.CharField(max_length=8)
    at = models.DateTimeField()
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="cse_coedit_update_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.seq}"


class Client(models.Model):
    """A Yjs client id belongs to one person acting for one party, for ever."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="clients")
    client = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("cse_access.Party", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "client"], name="cse_coedit_client_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.client}"


class Snapshot(models.Model):
    """The whole state at one sequence number; only a shortcut for loading."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="snapshots")
    seq = models.BigIntegerField()
    state = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="cse_coedit_snapshot_seq"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}@{self.seq}"


class Version(models.Model):
    """A state of the text that is kept: named by a person, made automatically, or frozen for signing."""

    class Kind(models.TextChoices):
        AUTOMATIC = "auto", _("Automatic")
        NAMED = "named", _("Named")
        FROZEN = "frozen", _("Frozen for signing")

    class Reason(models.TextChoices):
        """Why an automatic version was made."""

        MASS_DELETION = "deletion", _("Before much of the text was deleted")
        RESTORE = "restore", _("Before an earlier version was restored")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    #: 1, 2, 3 ... within the document, never reused.
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.NAMED)
    name = models.CharField(_("name"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)
    reason = models.CharField(max_length=8, blank=True, choices=Reason.choices)
    #: Title and language of the document at that moment: they are part of what is signed.
    title = models.CharField(max_length=255)
    language = models.CharField(max_length=15)
    seq = models.BigIntegerField()
    state = models.BinaryField()
    #: The content as the neutral JSON tree of `coedit.tree` (blocks with `bid`), the base of diff and export.
    content = models.JSONField()
    #: Canonical bytes and their fingerprint; filled when the version is frozen (`coedit.canonical`).
    canonical = models.BinaryField(null=True)
    canonical_format = models.PositiveSmallIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("cse_access.Party", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="cse_coedit_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}".strip()


class DocumentImage(models.Model):
    """An image inside a document; its file is private and covered by the fingerprint of a version."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="images")
    file = models.OneToOneField("cse_access.PrivateFile", models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.uuid)


class Thread(models.Model):
    """A comment thread on a selection. Anchors are two Yjs relative positions; they survive edits."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="threads")
    start = models.BinaryField()
    end = models.BinaryField()
    #: The commented words as they were: shown when the anchor is gone.
    quote = models.TextField(max_length=2000)
    bid = models.CharField(max_length=36, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("cse_access.Party", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    resolved_party = models.ForeignKey("cse_access.Party", models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment thread")
        verbose_name_plural = _("comment threads")

    def __str__(self) -> str:
        return self.quote[:60]


class Comment(models.Model):
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="comments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("cse_access.Party", models.SET_NULL, null=True, related_name="+")
    body = models.TextField(_("comment"), max_length=5000)
    created_at = models.DateTimeField(auto_now_add=True)
    #: Chosen by the client: the same comment sent twice is stored once.
    request_id = models.UUIDField(unique=True, default=uuid.uuid4)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.body[:60]
