"""Model documents: template, versions, sign-off, publication."""

from __future__ import annotations

import uuid
from uuid import uuid4

import swapper
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string

from .querysets import ModelDocumentQuerySet


class Licence(models.TextChoices):
    CC_BY = "cc-by-4.0", _("Creative Commons Attribution 4.0")
    CC_BY_SA = "cc-by-sa-4.0", _("Creative Commons Attribution-ShareAlike 4.0")
    CC_BY_NC_SA = "cc-by-nc-sa-4.0", _("Creative Commons Attribution-NonCommercial-ShareAlike 4.0")


class ModelDocument(models.Model):
    """The structured rich text that the partners of one partnership write together."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey("cse_partnerships.Partnership", models.PROTECT, related_name="model_documents")
    space = models.ForeignKey("cse_access.Space", models.PROTECT, related_name="model_documents")
    document = models.OneToOneField("cse_coedit.Document", models.PROTECT, related_name="model_document")
    #: Name of the template it was started from; empty when imported.
    template = models.CharField(max_length=32, blank=True)
    #: What the import left out or changed: rows of `importing.report`; empty when nothing, or not imported.
    import_report = models.JSONField(default=list, blank=True)
    #: Chosen by the form: the same form sent twice makes one document.
    request_id = models.UUIDField(unique=True, default=uuid4, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("cse_access.Party", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ModelDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("model document")
        verbose_name_plural = _("model documents")

    def __str__(self) -> str:
        return self.document.title


class SignOff(models.Model):
    """One frozen version put before all partner organisations for their signatures."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    model_document = models.ForeignKey(ModelDocument, models.PROTECT, related_name="signoffs")
    version = models.OneToOneField("cse_coedit.Version", models.PROTECT, related_name="signoff")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    party = models.ForeignKey("cse_access.Party", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    #: Organisations asked to sign, fixed when the sign-off is opened.
    organisations = models.ManyToManyField("cse_members.Organisation", related_name="+")

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        constraints = [
            models.UniqueConstraint(
                fields=["model_document"],
                condition=Q(completed_at=None, withdrawn_at=None),
                name="cse_modeldocs_one_open_signoff",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model_document} · {self.version}"

    @property
    def is_public(self) -> bool:
        """Was this version published, on a page that is live? Then everybody may check it."""
        return self.publications.filter(page__live=True).exists()


class Signature(models.Model):
    """One organisation's signature on exactly one frozen version. Names are kept as they were at signing."""

    signoff = models.ForeignKey(SignOff, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey("cse_members.Organisation", models.PROTECT, related_name="signatures")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    mandate = models.ForeignKey("cse_members.Mandate", models.PROTECT, related_name="signatures")
    organisation_name = models.CharField(max_length=200)
    person_name = models.CharField(max_length=200)
    function = models.CharField(max_length=120, blank=True)
    #: The fingerprint that was on the screen: hex SHA-256 of the version's canonical bytes.
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=15)
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(fields=["signoff", "organisation"], name="cse_modeldocs_signature_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_name} · {self.signed_at:%Y-%m-%d}"


class Publication(models.Model):
    """A signed version that became a revision of the public page."""

    model_document = models.ForeignKey(ModelDocument, models.PROTECT, related_name="publications")
    signoff = models.ForeignKey(SignOff, models.PROTECT, related_name="publications")
    page = models.ForeignKey(
        swapper.get_model_name("wagtailcore", "Page"), models.SET_NULL, null=True, related_name="+"
    )
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, related_name="+")
    licence = models.CharField(_("licence"), max_length=20, choices=Licence.choices)
    #: SHA-256 over the page's live body as it was published (`modeldocs.publication.body_sha256`).
    body_sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")

    def __str__(self) -> str:
        return f"{self.model_document} · {self.published_at:%Y-%m-%d}"

    @property
    def licence_url(self) -> str:
        """The licence's own page."""
        name, _sep, version = self.licence.removeprefix("cc-").rpartition("-")
        return f"https://creativecommons.org/licenses/{name}/{version}/"

    @property
    def licence_sentence(self) -> str:
        """What a reader may do, in one sentence."""
        sentences = {
            Licence.CC_BY: _("use and change it, and name the organisations."),
            Licence.CC_BY_SA: _("use and change it, name the organisations, and share it alike."),
            Licence.CC_BY_NC_SA: _(
                "use and change it without earning money with it, name the organisations, and share it alike."
            ),
        }
        return str(sentences[Licence(self.licence)])


class PublishedImage(models.Model):
    """The public copy of an image of a draft: made once, so that publishing again keeps its address."""

    model_document = models.ForeignKey(ModelDocument, models.CASCADE, related_name="published_images")
    #: uuid of the `coedit.DocumentImage`.
    source = models.UUIDField()
    sha256 = models.CharField(max_length=64)
    image = models.ForeignKey(get_image_model_string(), models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["model_document", "source"], name="cse_modeldocs_published_image_once"),
        ]

    def __str__(self) -> str:
        return str(self.source)
