"""Reactions to news from access and from Django."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out

from wagtail_cse.access.signals import rights_changed

from . import bus


def connect() -> None:
    """Called once, by `AppConfig.ready()`."""
    rights_changed.connect(look_now, dispatch_uid="cse_coedit_rights_changed")
    user_logged_out.connect(look_now, dispatch_uid="cse_coedit_logged_out")


def look_now(**kwargs: Any) -> None:
    """Open connections of this process are judged now, not at the next poll."""
    bus.tell(None)
