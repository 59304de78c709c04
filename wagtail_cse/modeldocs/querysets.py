"""Reading model documents: always from `permitted`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from wagtail_cse.access.querysets import SpacedQuerySet

if TYPE_CHECKING:
    from wagtail_cse.partnerships.models import Partnership


class ModelDocumentQuerySet(SpacedQuerySet):
    def with_document(self) -> ModelDocumentQuerySet:
        return self.select_related("document", "space__parent", "partnership__space")

    def of(self, partnership: Partnership) -> ModelDocumentQuerySet:
        return self.filter(partnership=partnership)

    def newest_first(self) -> ModelDocumentQuerySet:
        return self.order_by("-document__changed_at", "-pk")

    def with_last_version(self) -> ModelDocumentQuerySet:
        """Adds `version_number`, `version_name`, `version_at` of the newest version that a person made."""
        from wagtail_cse.coedit.models import Version

        made = Version.objects.filter(document=OuterRef("document"))
        made = made.filter(~Q(kind=Version.Kind.AUTOMATIC)).order_by("-number")
        return self.annotate(
            version_number=Subquery(made.values("number")[:1]),
            version_name=Coalesce(Subquery(made.values("name")[:1]), Value("")),
            version_at=Subquery(made.values("created_at")[:1]),
        )
