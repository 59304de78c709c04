"""Links of members in the site's menu and in the account menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from wagtail_cse.access.acting import actor
from wagtail_cse.access.network import is_secretariat

from .models import Organisation


def nav(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The link to the directory, for everybody."""
    request = context.get("request")
    if request is None:
        return None
    url = reverse("cse_members:directory")
    return {"organisations_url": url, "organisations_current": request.path.startswith(url)}


def account_links(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """The page of the organisation that one acts for; the secretariat's list."""
    request = context.get("request")
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    party = actor(request).party
    organisation = Organisation.objects.filter(pk=party.pk).only("slug").first() if party is not None else None
    return {"members_organisation": organisation, "members_secretariat": is_secretariat(request.user)}
