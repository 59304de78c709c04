"""The projection: what can be found, and where it lives."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .querysets import SearchDocumentQuerySet


class SearchDocument(models.Model):
    """One object in one language. It says where it lives; the reader's rights say whether he finds it.

    A document with neither `public` nor `space` is found by nobody.
    """

    #: Name of the registered source, for example "model" or "draft".
    kind = models.CharField(max_length=32)
    object_id = models.CharField(max_length=64)
    locale = models.CharField(max_length=15)
    #: The same for all translations of one thing; a hit shows one of them.
    translation_key = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=500, blank=True)
    space = models.ForeignKey("cse_access.Space", models.CASCADE, null=True, blank=True, related_name="+")
    public = models.BooleanField(default=False)
    updated = models.DateTimeField()

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("search document")
        verbose_name_plural = _("search documents")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "locale"], name="cse_search_document_once"),
            models.CheckConstraint(condition=Q(public=False) | Q(space=None), name="cse_search_public_or_in_a_space"),
        ]

    def __str__(self) -> str:
        return self.title
