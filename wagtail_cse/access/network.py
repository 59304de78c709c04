"""The network's own Space: what concerns all members, and who its secretariat is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from .models import Space
from .policies import can


def network_space() -> Space:
    """The one Space of kind "network"; made when it is first asked for.

    All valid members view it; who holds `manage` in it is the secretariat.
    """
    space = Space.objects.filter(kind="network").first()
    if space is None:
        title = getattr(settings, "WAGTAIL_SITE_NAME", "") or gettext("Network")
        space, _created = Space.objects.get_or_create(
            kind="network", defaults={"title": title[:200], "visibility": "network", "join_rule": "invite"}
        )
    return space


def is_secretariat(user: Any) -> bool:
    """Whether `user` coordinates the network: admits members and starts partnerships.

    This gives no view into any partnership's Space.
    """
    return can(user, "manage", network_space())
