"""Reactions, connected in `CoreConfig.ready()`."""

from __future__ import annotations

from typing import Any

from . import recent


def stamp_sign_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    """Every way of signing in counts as a recent proof, also the site's own."""
    if request is not None and hasattr(request, "session"):
        recent.remember(request)
