"""A document comes into the world once, seeded by the server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.utils.translation import gettext as _

from wagtail_cse.access import recompute
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.models import PrivateFile, Space
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import Invalid

from .. import log, schema, tree
from ..models import Document, DocumentImage
from .base import require


class CreateDocument(Action[Document]):
    """Create a document with its first text, in one transaction.

    `content`: a neutral tree (`coedit.tree`); default: one empty paragraph. `images`: uuid (as it stands in
    `content`) -> the stored `PrivateFile`. `actor` None: another app's action, which has checked already, does it in
    nobody's name. Raises `Invalid` when the content does not obey the schema or is larger than a document may be,
    `NotAllowed` without `change` in the Space, `Http404` without `view`.
    """

    name: ClassVar[str] = "coedit.create_document"
    MAX_STATE = 16 << 20

    def __init__(
        self,
        *,
        actor: Actor | None,
        space: Space,
        kind: str,
        title: str,
        language: str,
        content: tree.Tree | None = None,
        images: Mapping[str, PrivateFile] | None = None,
    ):
        self.actor = actor
        self.space = space
        self.kind = kind
        self.title = title.strip()
        self.language = language
        self.content = content or tree.doc(tree.node("paragraph"))
        self.images = dict(images or {})

    def check(self) -> None:
        if self.actor is not None:
            recompute.lock([self.space])
            require(self.actor, "change", self.space)
        if not self.title:
            raise Invalid(_("Give the document a title."), code="title")
        schema.check_tree(self.content)
        self.state = tree.seed(self.content)
        if len(self.state) > self.MAX_STATE:
            raise Invalid(_("This text is too long for one document. Divide it into several."), code="size")

    def write(self) -> Document:
        document = Document.objects.create(
            space=self.space, kind=self.kind, title=self.title, language=self.language, schema=schema.VERSION
        )
        actor = self.actor or Actor(None)
        log.append(document, self.state, user=actor.user, party=actor.party)
        for key, file in self.images.items():
            DocumentImage.objects.create(document=document, uuid=key, file=file)
        return document
