"""What a person chooses for herself: name, language, time zone."""

from __future__ import annotations

from typing import Any

from .actions import Action
from .people import profile_of

NAME_FIELDS = ("first_name", "last_name")


def name_fields(user: Any) -> tuple[str, ...]:
    """The name fields that the site's user model has."""
    known = {field.name for field in user._meta.get_fields()}
    return tuple(name for name in NAME_FIELDS if name in known)


class SavePreferences(Action[None]):
    """Store the person's own choices; fields that are None stay as they are.

    Language and zone live in Wagtail's profile, so that the admin speaks the same language.
    """

    name = "core.save_preferences"

    def __init__(
        self, *, user: Any, language: str | None = None, zone: str | None = None, names: dict[str, str] | None = None
    ):
        self.user = user
        self.language = language
        self.zone = zone
        self.names = names or {}

    def write(self) -> None:
        from wagtail.users.models import UserProfile

        allowed = name_fields(self.user)
        changed = [field for field, value in self.names.items() if getattr(self.user, field) != value]
        if changed and set(changed) <= set(allowed):
            for field in changed:
                setattr(self.user, field, self.names[field])
            self.user.save(update_fields=changed)
        values = {"preferred_language": self.language, "current_time_zone": self.zone}
        values = {field: value for field, value in values.items() if value is not None}
        if values:
            UserProfile.objects.update_or_create(user=self.user, defaults=values)
            # The cached profile of this request would still say the old language.
            self.user._state.fields_cache.pop("wagtail_userprofile", None)


def language_chosen(user: Any) -> str:
    """The code the person chose, or "" for none."""
    profile = profile_of(user)
    return profile.preferred_language if profile else ""


def zone_chosen(user: Any) -> str:
    """The IANA name the person chose, or "" for none."""
    profile = profile_of(user)
    return profile.current_time_zone if profile else ""
