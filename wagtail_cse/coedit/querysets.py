"""Reading documents, their versions and their threads."""

from __future__ import annotations

from django.db import models
from django.db.models import Prefetch

from wagtail_cse.access.querysets import SpacedQuerySet


class DocumentQuerySet(SpacedQuerySet):
    """`permitted(user, verb)`: the documents of the Spaces in which `user` holds `verb`."""


class VersionQuerySet(models.QuerySet):
    def listed(self) -> VersionQuerySet:
        """For lists: with its author and his organisation, without the heavy columns; newest first."""
        return self.select_related("created_by", "party").defer("state", "content", "canonical").order_by("-number")


class ThreadQuerySet(models.QuerySet):
    def with_comments(self) -> ThreadQuerySet:
        """Threads with everything that is shown of them, oldest first; two queries for any number."""
        from .models import Comment

        comments = Comment.objects.select_related("user", "party").order_by("created_at", "pk")
        return (
            self.select_related("resolved_by", "resolved_party", "document")
            .prefetch_related(Prefetch("comments", queryset=comments))
            .order_by("created_at", "pk")
        )
