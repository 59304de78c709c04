from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from . import localize


@register()
def live_status(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """wagtail-localize would publish a page at the moment its translation is started."""
    if localize.installed() and getattr(settings, "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE", True):
        return [
            Warning(
                "wagtail-localize publishes a page when its translation is started, in the original language.",
                hint="Add to your settings: WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False",
                id="cse_languages.W001",
            )
        ]
    return []
