"""Typed settings: `WAGTAIL_CSE_<APP>_<NAME>`, read when they are used."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings

DEFAULT_BASE_TEMPLATE = "wagtail_cse/base.html"


class AppSettings:
    """Base for the settings of one app; subclasses add typed properties that call `_get`."""

    def __init__(self, prefix: str):
        self.prefix = prefix

    def _get(self, name: str, default: Any) -> Any:
        return getattr(django_settings, f"{self.prefix}{name}", default)


class CoreSettings(AppSettings):
    @property
    def base_template(self) -> str:
        """The site's base template (`WAGTAIL_CSE_BASE_TEMPLATE`); ours when the site has none."""
        return getattr(django_settings, "WAGTAIL_CSE_BASE_TEMPLATE", "") or DEFAULT_BASE_TEMPLATE

    @property
    def account_bar(self) -> bool:
        """Show account menu and language above our pages: yes, unless the header of the base does it."""
        return bool(self._get("ACCOUNT_BAR", self.base_template != DEFAULT_BASE_TEMPLATE))

    @property
    def base_url(self) -> str:
        """Scheme and host for links in letters; empty: WAGTAILADMIN_BASE_URL, then Wagtail's default site."""
        return str(self._get("BASE_URL", ""))

    @property
    def reset_seconds(self) -> float:
        """Least time an answer to "send me a link" takes, so that it does not tell whether the address is known."""
        return float(self._get("RESET_SECONDS", 1.0))

    @property
    def sign_in_attempts(self) -> int:
        """Wrong passwords for one name from one address before a pause."""
        return int(self._get("SIGN_IN_ATTEMPTS", 8))

    @property
    def sign_in_window(self) -> int:
        """Seconds in which attempts are counted, and how long the pause lasts."""
        return int(self._get("SIGN_IN_WINDOW", 900))

    @property
    def recent_sign_in(self) -> int:
        """Seconds for which a password counts as just given, before signing for an organisation."""
        return int(self._get("RECENT_SIGN_IN", 900))

    @property
    def stay_signed_in(self) -> int:
        """Seconds a session lasts when the person chose "stay signed in"."""
        return int(self._get("STAY_SIGNED_IN", 14 * 24 * 3600))

    @property
    def proxies(self) -> int:
        """Trusted reverse proxies in front; that many entries from the end of X-Forwarded-For are believed."""
        return int(self._get("PROXIES", 0))


settings = CoreSettings("WAGTAIL_CSE_CORE_")
