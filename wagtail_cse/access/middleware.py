"""One middleware, after AuthenticationMiddleware: rights once per request, the guard, 403 in words, one 404."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import render

from wagtail_cse.core.exceptions import NotAllowed

from . import guard, rights
from .handlers import LOGGED_OUT, person_changed


class AccessMiddleware:
    def __init__(self, get_response: Callable[[Any], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponseBase:
        request._cse_access_middleware = True
        with rights.remembered():
            response = self.get_response(request)
        left = getattr(request, LOGGED_OUT, None)
        if left is not None:
            # Only now is the session gone: who asks again on this news finds it missing.
            person_changed(left)
        if response.status_code == 404 and hasattr(request, "session"):
            # "Exists, but not for you" has read the session to know; so must "does not exist" (Vary: Cookie).
            request.session.get("_auth_user_id")
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        try:
            return guard.check(request, view, kwargs)
        except NotAllowed as error:
            return not_allowed(request, error)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponseBase | None:
        if isinstance(exception, NotAllowed):
            return not_allowed(request, exception)
        if isinstance(exception, Http404) and guard.serves(request):
            # Wagtail says why ("No Document matches ..."), and a site's 404 template may show it.
            return response_for_exception(request, Http404())
        return None


def not_allowed(request: Any, error: NotAllowed) -> HttpResponseBase:
    """The page (or JSON, for scripts) that says what is not allowed, and who can help."""
    if not request.accepts("text/html"):
        return JsonResponse({"error": error.code, "message": error.message}, status=403)
    return render(request, "wagtail_cse/access/not_allowed.html", {"message": error.message}, status=403)
