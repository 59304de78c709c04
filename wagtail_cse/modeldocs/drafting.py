"""Starting, importing and renaming a model document."""

from __future__ import annotations

import posixpath
import re
import uuid
from typing import Any, ClassVar

from django.core.files.base import File
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_cse.access.actors import Actor
from wagtail_cse.access.files import StorePrivateFile
from wagtail_cse.access.models import PrivateFile, Space
from wagtail_cse.access.policies import can
from wagtail_cse.coedit.actions import CreateDocument
from wagtail_cse.coedit.models import Document
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import Invalid, NotAllowed, Stale
from wagtail_cse.partnerships.models import Partnership

from . import document_templates, importing, languages
from .models import ModelDocument

KIND = "modeldoc"
TITLE_LENGTH = 255


class _MakeModelDocument(Action[ModelDocument]):
    """What starting and importing share: the right, the form sent twice, the rows."""

    def __init__(
        self,
        *,
        actor: Actor,
        partnership: Partnership,
        title: str,
        language: str,
        request_id: uuid.UUID | None = None,
    ):
        self.actor = actor
        self.partnership = partnership
        self.title = title.strip()
        self.language = language
        self.request_id = request_id or uuid.uuid4()
        self.before: ModelDocument | None = None

    def check(self) -> None:
        space = Space.objects.select_for_update().get(pk=self.partnership.space_id)
        require_change(self.actor, space)
        self.before = ModelDocument.objects.filter(
            request_id=self.request_id, partnership=self.partnership, created_by=self.actor.user
        ).first()

    def make(self, content: dict[str, Any], images: dict[str, PrivateFile], **fields: Any) -> ModelDocument:
        if not self.title:
            raise Invalid(_("Give the model document a title."), code="title")
        if not self.language:
            raise Invalid(_("Choose the language in which the text is written."), code="language")
        document = CreateDocument(
            actor=self.actor,
            space=self.partnership.space,
            kind=KIND,
            title=self.title[:TITLE_LENGTH],
            language=self.language,
            content=content,
            images=images,
        ).execute()
        return ModelDocument.objects.create(
            partnership=self.partnership,
            space=self.partnership.space,
            document=document,
            request_id=self.request_id,
            created_by=self.actor.user,
            party=self.actor.party,
            **fields,
        )

    def log(self, result: ModelDocument) -> None:
        if self.before is None:
            data = {"title": result.document.title, "for": str(self.actor.party or "")}
            log(instance=result, action=f"cse.{self.name}", user=self.actor.user, data=data)


class StartModelDocument(_MakeModelDocument):
    """Start a document from a template (`document_templates`), its headings in the language of the text.

    The same `request_id` again returns the document that the first call made. Raises `Invalid` (title, language,
    template), `NotAllowed` without `change` in the partnership's Space, `Http404` without `view`.
    """

    name: ClassVar[str] = "modeldocs.start"

    def __init__(self, *, template: str = "model", **inputs: Any):
        super().__init__(**inputs)
        self.template = template

    def write(self) -> ModelDocument:
        if self.before is not None:
            return self.before
        template = document_templates.get(self.template)
        if template is None:
            raise Invalid(_("Choose one of the templates."), code="template")
        return self.make(template.tree(self.language), {}, template=template.name)


class ImportModelDocument(_MakeModelDocument):
    """Make a document out of a DOCX or HTML file (`importing.read`).

    `title` and `language` may be empty: then the file's own count (the title else from its name). What was left out
    stands in `ModelDocument.import_report`. On any error nothing is stored, on the disk neither. Raises `Invalid`
    with a sentence about the file, and what `StartModelDocument` raises.
    """

    name: ClassVar[str] = "modeldocs.import"

    def __init__(self, *, upload: File, title: str = "", language: str = "", **inputs: Any):
        super().__init__(title=title, language=language, **inputs)
        self.upload = upload
        self.stored: list[PrivateFile] = []

    def execute(self) -> ModelDocument:
        # The file is read before the transaction, and not at all for somebody who may not write here.
        require_change(self.actor, self.partnership.space)
        self.imported = importing.read(self.upload)
        try:
            return super().execute()
        except BaseException:
            # The rows are rolled back; files are not.
            for file in self.stored:
                file.file.storage.delete(str(file.file.name))
            raise

    def write(self) -> ModelDocument:
        if self.before is not None:
            return self.before
        found = self.imported
        self.title = self.title or found.title.strip()[:TITLE_LENGTH] or _title_of_file(self.upload.name or "")
        self.language = self.language or languages.stated(found.language)
        if not self.language:
            raise Invalid(
                _("The file does not say in which language it is written. Choose the language and send it again."),
                code="language",
            )
        document_templates.recognise(found.tree)
        images = {str(image.uuid): self._store(image) for image in found.images}
        return self.make(found.tree, images, import_report=found.report.as_json())

    def _store(self, image: importing.PendingImage) -> PrivateFile:
        ending = image.content_type.rsplit("/", 1)[-1].replace("jpeg", "jpg")
        stored = StorePrivateFile(
            actor=self.actor,
            space=self.partnership.space,
            content=image.data,
            name=f"{image.uuid.hex[:8]}.{ending}",
            content_type=image.content_type,
        ).execute()
        self.stored.append(stored)
        return stored


class RenameModelDocument(Action[ModelDocument]):
    """Change title and language of the draft; versions keep theirs.

    `seen_title` is the title on the form: when somebody renamed it meanwhile, nothing is changed (`Stale`).
    """

    name: ClassVar[str] = "modeldocs.rename"

    def __init__(
        self, *, actor: Actor, model_document: ModelDocument, title: str, language: str = "", seen_title: str = ""
    ):
        self.actor = actor
        self.model_document = model_document
        self.title = title.strip()
        self.language = language
        self.seen_title = seen_title

    def check(self) -> None:
        Space.objects.select_for_update().get(pk=self.model_document.space_id)
        require_change(self.actor, self.model_document.space)
        document = Document.objects.select_for_update().get(pk=self.model_document.document_id)
        self.document = document
        if not self.title:
            raise Invalid(_("Give the model document a title."), code="title")
        if len(self.title) > TITLE_LENGTH:
            raise Invalid(_("This title is too long."), code="title")
        if self.seen_title and document.title not in (self.seen_title, self.title):
            raise Stale(
                _("Somebody renamed the document meanwhile: it is called “%(title)s” now.")
                % {"title": document.title}
            )

    def write(self) -> ModelDocument:
        self.changed = {
            name: new
            for name, new in (("title", self.title), ("language", self.language))
            if new and new != getattr(self.document, name)
        }
        if self.changed:
            self.old = {name: getattr(self.document, name) for name in self.changed}
            for name, new in self.changed.items():
                setattr(self.document, name, new)
            self.document.save(update_fields=list(self.changed))
        self.model_document.document = self.document
        return self.model_document

    def log(self, result: ModelDocument) -> None:
        if self.changed:
            data = {"old": self.old, "new": self.changed, "for": str(self.actor.party or "")}
            log(instance=result, action=f"cse.{self.name}", user=self.actor.user, data=data)


def require_change(actor: Actor, space: Space) -> None:
    """Raise a bare `Http404` outside the Space, `NotAllowed` inside without the right to write."""
    if can(actor.user, "change", space):
        return
    if not can(actor.user, "view", space):
        raise Http404
    raise NotAllowed(_("Your role here does not include this step. Ask a coordinator if you need it."))


def _title_of_file(name: str) -> str:
    stem = posixpath.splitext(posixpath.basename(name.replace("\\", "/")))[0]
    return re.sub(r"[\s_]+", " ", stem).strip()
