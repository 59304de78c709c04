"""The public page of a model document, for any page type."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail_localize.fields import SynchronizedField, TranslatableField

from .page_blocks import ModelBodyBlock
from .page_panels import SIGNED_FIELD, ModelPageForm, SignedTextPanel


class ModelPageMixin(models.Model):
    """Shows a signed version. The body is written by publication only: it is read-only in the admin and no field of
    the API, and a page that differs all the same says so itself (`body_is_signed`)."""

    model_document = models.ForeignKey(
        "cse_modeldocs.ModelDocument", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    summary = models.TextField(_("in two sentences"), max_length=500, blank=True)
    body = StreamField(ModelBodyBlock(), blank=True, verbose_name=_("text"))

    template = "wagtail_cse/modeldocs/model_page.html"
    base_form_class = ModelPageForm
    content_panels_of_model = [FieldPanel("summary"), SignedTextPanel(SIGNED_FIELD)]
    translatable_fields = [
        TranslatableField("title"),
        # One address in every language: what stands in for a translation stands where it will be.
        SynchronizedField("slug", overridable=False),
        TranslatableField("summary"),
        TranslatableField("body"),
        SynchronizedField("model_document", overridable=False),
    ]

    class Meta:
        abstract = True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["publication"] = self.publication
        context["signatures"] = self.signatures
        context["contents"] = self.contents
        return context

    @cached_property
    def publication(self) -> Any:
        """What was published last, or None."""
        from .models import Publication

        if self.model_document_id is None:
            return None
        return (
            Publication.objects.filter(model_document=self.model_document_id)
            .select_related("signoff__version", "model_document__document")
            .order_by("-published_at", "-pk")
            .first()
        )

    @cached_property
    def signatures(self) -> list[Any]:
        if self.publication is None:
            return []
        return list(self.publication.signoff.signatures.select_related("organisation").order_by("signed_at", "pk"))

    @property
    def signed_language(self) -> str:
        """The language of the text that was signed."""
        return self.publication.signoff.version.language if self.publication else ""

    @property
    def is_translation(self) -> bool:
        """Is this page in another language than the signed text?"""
        language = self.locale.language_code  # type: ignore[attr-defined]
        return bool(self.signed_language) and self.signed_language != language

    @property
    def body_is_signed(self) -> bool:
        """Is the body of this page, in the signed language, exactly what was published?"""
        return self.publication is not None and body_sha256(self.body) == self.publication.body_sha256

    @cached_property
    def contents(self) -> list[tuple[str, str]]:
        """The headings of the first level: (anchor, text)."""
        return [
            (f"b-{block.id}", block.value["text"])
            for block in self.body
            if block.block_type == "heading" and str(block.value["level"]) == "2"
        ]

    def get_search_summary(self) -> str:
        return self.summary

    def get_search_body(self) -> str:
        return " ".join(plain_text(block.value) for block in self.body)


class ModelIndexPageMixin(models.Model):
    """The public section of published model documents, in one language."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ol", "ul"])

    template = "wagtail_cse/modeldocs/model_index.html"

    class Meta:
        abstract = True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        pages = self.get_children().live().public().specific().order_by("-first_published_at", "-pk")  # type: ignore[attr-defined]
        context["page_obj"] = Paginator(pages, 20).get_page(request.GET.get("page"))
        return context


def plain_text(value: Any) -> str:
    """The words of a block's value, whatever its structure."""
    if hasattr(value, "source"):
        return strip_tags(value.source.replace("<", " <"))
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return " ".join(plain_text(part) for key, part in value.items() if key in ("text", "caption", "rows"))
    if isinstance(value, int) or value is None:
        return ""
    try:
        return " ".join(plain_text(part) for part in value)
    except TypeError:
        return ""


def body_sha256(body: Any) -> str:
    """Hex SHA-256 of a StreamField value in its stored form, with sorted keys: the same body, the same digits."""
    for block in body:
        block.value  # noqa: B018 - evaluates the lazy block, so that both sides are in the same form
    stored = body.stream_block.get_prep_value(body)
    return hashlib.sha256(
        json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    ).hexdigest()
