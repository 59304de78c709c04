"""Reactions to what happens elsewhere."""

from __future__ import annotations

from typing import Any

from wagtail_cse.access.actions import AttachPage

from . import page_models


def share_space(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A workspace page copied into another language, by whomever, belongs to the same Space from its first moment."""
    model = page_models.get()
    if model is not None and isinstance(target_obj, model):
        AttachPage(space=target_obj.partnership.space, page=target_obj).execute()
