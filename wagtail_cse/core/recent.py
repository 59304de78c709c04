"""Recent sign-in: acts that bind an organisation ask for the password once more."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from .conf import settings

#: Session key: seconds since 1970 of the last time the person proved who he is.
SESSION_KEY = "cse_recent_sign_in"


def remember(request: HttpRequest) -> None:
    """The person has just given his password (or signed in by the site's own means)."""
    request.session[SESSION_KEY] = int(time.time())


def is_recent(request: HttpRequest, max_age: int | None = None) -> bool:
    """Whether the last proof is at most `max_age` seconds old (default: WAGTAIL_CSE_CORE_RECENT_SIGN_IN)."""
    limit = settings.recent_sign_in if max_age is None else max_age
    try:
        age = time.time() - int(request.session.get(SESSION_KEY, 0))
    except (TypeError, ValueError):
        return False
    return 0 <= age <= limit


def ask(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the password, and back here."""
    return redirect(f"{reverse('cse_core:confirm-identity')}?{urlencode({'next': request.get_full_path()})}")


def recent_sign_in_required(max_age: int | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator of a view: signed in, and not long ago; else the person is asked and comes back by GET.

    A view whose form holds text that must not be lost asks `is_recent` itself before it reads the form.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not is_recent(request, max_age):
                return ask(request)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate


class RecentSignInMixin:
    """The same for class-based views."""

    recent_max_age: int | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        guarded = recent_sign_in_required(self.recent_max_age)(super().dispatch)  # type: ignore[misc]
        return guarded(request, *args, **kwargs)
