"""A signed version becomes a public page; publishing again is a new revision of the same page."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.core.files.images import ImageFile
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Locale

from wagtail_cse.access.policies import can
from wagtail_cse.coedit.blocks import to_streamfield
from wagtail_cse.core import sections
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed

from .models import Publication, PublishedImage, SignOff
from .page_blocks import raw_body
from .page_mixins import body_sha256
from .signing import locked_document
from .verification import verify

if TYPE_CHECKING:
    from wagtail_cse.access.actors import Actor

SECTION = "models"


class Publish(Action[Publication]):
    """Publish a fully signed version.

    `licence`: one of `models.Licence`. `summary`: two sentences for the page, not part of what was signed.
    """

    name = "modeldocs.publish"

    def __init__(self, *, actor: Actor, signoff: SignOff, licence: str, summary: str = ""):
        self.actor, self.signoff, self.licence, self.summary = actor, signoff, licence, summary.strip()

    def check(self) -> None:
        self.model_document = locked_document(self.signoff.model_document_id)
        self.signoff = SignOff.objects.select_related("version__document").get(pk=self.signoff.pk)
        space = self.model_document.space
        if not can(self.actor.user, "view", space):
            raise Http404
        if not can(self.actor.user, "publish", space):
            raise NotAllowed(
                _("Publishing is a right of its own. A coordinator of this partnership can give it to you.")
            )
        if self.signoff.completed_at is None:
            raise Invalid(_("Only a version that all partners have signed can be published."))
        if not verify(self.signoff).matches:
            raise Invalid(
                _("The stored text is not what was signed. It was not published; please tell the secretariat.")
            )
        newest = self.model_document.publications.order_by("-published_at", "-pk").first()
        if newest and newest.signoff_id == self.signoff.pk and newest.page_id and newest.page.live:
            raise AlreadyDone(_("This version is already published."))
        if newest and newest.signoff.version.number > self.signoff.version.number:
            raise Invalid(_("A newer signed version is already published."))
        self.locale = Locale.objects.filter(language_code=self.signoff.version.language).first()
        if self.locale is None:
            raise Invalid(
                _("This site has no pages in the language of the text. The secretariat can add the language.")
            )
        self.page = newest.page.specific if newest and newest.page_id else None
        section = sections.get(SECTION)
        self.page_model = section.page_model
        self.index = None if self.page else section.find(locale=self.locale)
        if self.page is None and (self.index is None or self.page_model is None):
            raise Invalid(_("There is no public section for model documents yet. The secretariat can set it up."))

    def write(self) -> Publication:
        version = self.signoff.version
        page = self.page or self.page_model(locale=self.locale, model_document=self.model_document, live=False)
        page.title = version.title
        page.summary = self.summary
        parts = to_streamfield(version.content)
        page.body = page.body.stream_block.to_python(raw_body(parts, self._image))
        if page.pk is None:
            self.index.add_child(instance=page)
        revision = page.save_revision(user=self.actor.user, log_action=True)
        publication = Publication.objects.create(
            model_document=self.model_document,
            signoff=self.signoff,
            page_id=page.pk,
            revision=revision,
            licence=self.licence,
            body_sha256="",
            published_by=self.actor.user,
        )
        revision.publish(user=self.actor.user, skip_permission_checks=True)
        page = self.page_model.objects.get(pk=page.pk)
        publication.body_sha256 = body_sha256(page.body)
        publication.save(update_fields=["body_sha256"])
        return publication

    def log(self, result: Publication) -> None:
        log(
            instance=self.model_document,
            action="cse.modeldocs.publish",
            user=self.actor.user,
            data={
                "version": self.signoff.version.number,
                "page": result.page_id,
                "licence": result.licence,
                "for": str(self.actor.party or ""),
            },
        )

    def _image(self, key: str) -> int | None:
        """The public copy of a document's image, made once and kept for later publications."""
        image = self.model_document.document.images.select_related("file").filter(uuid=key).first()
        if image is None:
            return None
        known = PublishedImage.objects.filter(model_document=self.model_document, source=image.uuid).first()
        if known is not None and known.sha256 == image.file.sha256:
            return known.image_id
        copy = self._copy(image)
        PublishedImage.objects.update_or_create(
            model_document=self.model_document,
            source=image.uuid,
            defaults={"sha256": image.file.sha256, "image": copy},
        )
        return copy.pk

    def _copy(self, image: Any) -> Any:
        with image.file.file.open("rb") as stored:
            data = stored.read()
        extension = image.file.content_type.rpartition("/")[2]
        return get_image_model().objects.create(
            title=_("Image of a model document"),
            file=ImageFile(BytesIO(data), name=f"{image.uuid.hex}.{extension}"),
            uploaded_by_user=self.actor.user,
        )


def what_becomes_public(signoff: SignOff) -> list[str]:
    """Exactly what everybody will be able to see after publication, as sentences."""
    version = signoff.version
    names = ", ".join(signature.organisation_name for signature in signoff.signatures.order_by("pk"))
    people = ", ".join(signature.person_name for signature in signoff.signatures.order_by("pk"))
    return [
        _("The title: “%(title)s”.") % {"title": version.title},
        _("The whole text of version %(number)d with its images.") % {"number": version.number},
        _("The names of the organisations that signed: %(names)s.") % {"names": names},
        _("The names and functions of the people who signed for them: %(names)s.") % {"names": people},
        _("The number, the date and the fingerprint of the version."),
    ]
