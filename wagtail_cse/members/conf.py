from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.module_loading import import_string

from wagtail_cse.core.conf import AppSettings


class MembersSettings(AppSettings):
    @property
    def invitation_days(self) -> int:
        """Days after which an invitation's link no longer works."""
        return int(self._get("INVITATION_DAYS", 14))

    @property
    def invitations_per_hour(self) -> int:
        """Invitations that one person may send, or send again, within 60 minutes."""
        return int(self._get("INVITATIONS_PER_HOUR", 30))

    @property
    def page_size(self) -> int:
        """Organisations on one page of a list."""
        return int(self._get("PAGE_SIZE", 25))

    @property
    def create_account(self) -> Callable[..., Any] | None:
        """Dotted path of a site's own `(email, name, password) -> user`, for user models with required fields."""
        path = self._get("CREATE_ACCOUNT", None)
        return import_string(path) if path else None


settings = MembersSettings("WAGTAIL_CSE_MEMBERS_")
