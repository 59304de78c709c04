"""JSON answers: an error carries a sentence that the editor shows as it is."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _

from wagtail_cse.core.exceptions import CseError, NotAllowed

MAX_JSON = 64 << 10

View = Callable[..., HttpResponseBase]


def problem(sentence: str, status: int, code: str) -> JsonResponse:
    return JsonResponse({"error": sentence, "code": code}, status=status)


def answers_json(view: View) -> View:
    """Domain errors become JSON. An address of somebody else's document stays a plain 404, like one that is none."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except Http404:
            if not request.user.is_authenticated:
                # The same for every address: whether there is a document is not said.
                return problem(_("You are signed out. Copy your words, then sign in again."), 401, "signed_out")
            raise
        except NotAllowed as error:
            return problem(error.message, 403, error.code)
        except CseError as error:
            return problem(error.message, 400, error.code)

    return wrapped


def body_of(request: HttpRequest) -> dict[str, Any] | None:
    """The JSON object of a request, None when it is none or too large."""
    if len(request.body) > MAX_JSON:
        return None
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None
