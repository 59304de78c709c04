"""What a site may have forgotten."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core import checks
from django.utils.module_loading import import_string


@checks.register("wagtail_cse")
def check_live_sockets(**kwargs: Any) -> list[checks.CheckMessage]:
    """Live sockets need one line in `asgi.py`; without it co-editing goes over HTTP."""
    from .asgi import CoeditApplication

    path = getattr(settings, "ASGI_APPLICATION", None)
    try:
        application = import_string(path) if path else None
    except ImportError:
        application = None
    while application is not None and not isinstance(application, CoeditApplication):
        application = getattr(application, "application", None) or getattr(application, "app", None)
    if application is not None:
        return []
    return [
        checks.Warning(
            "Live co-editing over WebSockets is off; documents are co-edited over HTTP.",
            hint=(
                "Serve the site through ASGI, wrap the application in asgi.py with "
                "wagtail_cse.coedit.asgi.CoeditApplication, and name it in ASGI_APPLICATION. For a site under WSGI "
                'this is as it should be: add "cse_coedit.W001" to SILENCED_SYSTEM_CHECKS.'
            ),
            id="cse_coedit.W001",
        )
    ]
