"""Load and check in one call."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.models import AbstractPage

from wagtail_cse.core.exceptions import NotAllowed

from .models import Space
from .policies import verbs
from .roles import check_verb


def get_for(user: Any, verb: str, source: type[Model] | QuerySet, /, *, lock: bool = False, **lookup: Any) -> Any:
    """The one object of `source` (a model or queryset) that matches `lookup`, if `user` holds `verb` for it.

    Raises a bare `Http404` when there is none *or* when the user may not view it (the two must be the same answer),
    and `NotAllowed` (403) when he may view it but does not hold `verb`. `lock=True` locks the Space's row and then
    the object's (inside a transaction), and judges what the locked rows say. Spaces and pages are their own Space.
    """
    check_verb(verb)
    rows = source._default_manager.all() if isinstance(source, type) else source
    if rows.model is not Space and not issubclass(rows.model, AbstractPage):
        rows = rows.select_related("space__parent")
    elif rows.model is Space:
        rows = rows.select_related("parent")
    obj = _one(rows, lookup)
    if lock:
        obj = _locked(obj, rows, lookup)
    held = verbs(user, obj)
    if "view" not in held and verb not in held:
        raise Http404
    if verb not in held:
        raise NotAllowed(_("Your role here does not include this step. Ask a coordinator if you need it."))
    return obj


def _one(rows: QuerySet, lookup: dict[str, Any]) -> Any:
    try:
        return rows.get(**lookup)
    except (rows.model.DoesNotExist, ValueError, TypeError, ValidationError):
        # An address with a malformed key is an address that does not exist.
        raise Http404 from None


def _locked(obj: Any, rows: QuerySet, lookup: dict[str, Any]) -> Any:
    """Space before object: the order in which all of us lock."""
    space_id = obj.pk if isinstance(obj, Space) else getattr(obj, "space_id", None)
    if space_id is not None:
        list(Space.objects.select_for_update().filter(pk=space_id).order_by("pk").values_list("pk"))
    of = ("self",)
    return _one(rows.select_for_update(of=of), lookup)
