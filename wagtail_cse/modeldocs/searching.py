"""Model documents in the search: what is published, for everybody; drafts, for those who may read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail_cse.coedit import render
from wagtail_cse.coedit.state import current_tree
from wagtail_cse.search import registry
from wagtail_cse.search.models import SearchDocument
from wagtail_cse.search.pages import PageSource

from .models import ModelDocument
from .page_mixins import ModelPageMixin


class PublishedModels(PageSource):
    kind = "model"
    label = _("Model documents")
    label_one = _("Model document")
    page_type = ModelPageMixin


class Drafts(registry.Source):
    """The newest text of each draft. It is read again when somebody searches who may read it."""

    kind = "draft"
    label = _("Drafts")
    label_one = _("Model document, draft")

    def entries(self, object_ids: Sequence[str] | None = None) -> Iterable[registry.Entry]:
        documents = ModelDocument.objects.select_related("document").order_by("pk")
        if object_ids is not None:
            documents = documents.filter(pk__in=object_ids)
        for model_document in documents.iterator(chunk_size=50):
            document = model_document.document
            yield registry.Entry(
                object_id=str(model_document.pk),
                locale=document.language,
                # Also the name in its address.
                translation_key=str(model_document.uuid),
                title=document.title,
                body=render.to_text(current_tree(document)),
                space_id=model_document.space_id,
                updated=document.changed_at,
            )

    def stale(self, spaces: Any, limit: int) -> Sequence[str]:
        indexed = SearchDocument.objects.filter(kind=self.kind, object_id=OuterRef("key")).values("updated")[:1]
        changed = (
            ModelDocument.objects.filter(space__in=spaces.values("pk"))
            .annotate(key=_as_text("pk"))
            .annotate(indexed=Subquery(indexed))
            .filter(Q(indexed=None) | Q(document__changed_at__gt=F("indexed")))
        )
        return [str(pk) for pk in changed.order_by("pk").values_list("pk", flat=True)[:limit]]

    def url(self, document: Any) -> str:
        return reverse("cse_modeldocs:read", args=[document.translation_key])


def _as_text(field: str) -> Any:
    from django.db.models import CharField
    from django.db.models.functions import Cast

    return Cast(field, CharField())


def register() -> None:
    registry.register(PublishedModels())
    registry.register(Drafts())
