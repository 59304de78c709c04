from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from wagtail_cse.access.models import Space


class SearchDocumentQuerySet(models.QuerySet):
    def permitted(self, user: Any) -> SearchDocumentQuerySet:
        """What `user` may find at this moment; the rights are asked in the query itself, never afterwards."""
        spaces = Space.objects.permitted(user, "view")
        return self.filter(Q(public=True) | Q(space__in=spaces.values("pk")))
