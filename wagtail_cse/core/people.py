"""A person, whatever the site's user model: name on the screen, language, time zone."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.conf import settings
from django.utils.translation import get_supported_language_variant


def display_name(user: Any) -> str:
    """The name to show. Never an e-mail address that somebody signs in with: then only the part before the @."""
    full_name = getattr(user, "get_full_name", None)
    name = (full_name() or "").strip() if callable(full_name) else ""
    return name or str(user.get_username()).partition("@")[0]


def profile_of(user: Any) -> Any | None:
    """Wagtail's profile of the person, or None; never creates one (reading must not write)."""
    from wagtail.users.models import UserProfile

    if not getattr(user, "pk", None):
        return None
    if "wagtail_userprofile" in user._state.fields_cache:
        return user.wagtail_userprofile
    return UserProfile.objects.filter(user=user).first()


def language_of(user: Any) -> str:
    """The language to write to this person in: the chosen one if the site has it, else the site's own."""
    profile = profile_of(user)
    return supported(profile.preferred_language if profile else "") or settings.LANGUAGE_CODE


def supported(code: str) -> str:
    """`code`, or its nearest variant among `settings.LANGUAGES`; empty when the site has neither."""
    if not code:
        return ""
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return ""


def zone_of(user: Any) -> zoneinfo.ZoneInfo:
    """The time zone of this person: the chosen one, else the site's."""
    profile = profile_of(user)
    return zone_named(profile.current_time_zone if profile else "") or zoneinfo.ZoneInfo(settings.TIME_ZONE)


def zone_named(name: str) -> zoneinfo.ZoneInfo | None:
    """The zone of that IANA name, or None for an empty, unknown or malformed one."""
    if not name:
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
