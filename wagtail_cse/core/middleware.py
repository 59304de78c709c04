from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import get_language_from_path

from . import people


class PreferencesMiddleware:
    """The signed-in person's time zone, and his language where the address does not say one.

    Stands after LocaleMiddleware and AuthenticationMiddleware. An address with a language in it (`i18n_patterns`)
    always wins: whoever follows a link to the Turkish page reads Turkish.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user: Any = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return self.get_response(request)
        profile = people.profile_of(user)
        zone = people.zone_named(profile.current_time_zone if profile else "")
        language = people.supported(profile.preferred_language if profile else "")
        if language and not self.address_says(request):
            translation.activate(language)
            request.LANGUAGE_CODE = language
        if zone is None:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)

    @staticmethod
    def address_says(request: HttpRequest) -> bool:
        """Whether the address itself decides the language, be it by the absence of a prefix."""
        if get_language_from_path(request.path_info):
            return True
        from django.conf import settings
        from django.conf.urls.i18n import is_language_prefix_patterns_used

        urlconf = getattr(request, "urlconf", settings.ROOT_URLCONF)
        used, prefixed_default = is_language_prefix_patterns_used(urlconf)
        return used and not prefixed_default
