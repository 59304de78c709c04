from __future__ import annotations

from pathlib import Path

from django.conf import settings as django_settings

from wagtail_cse.core.conf import AppSettings


class AccessSettings(AppSettings):
    @property
    def private_root(self) -> str:
        """Folder of private files; must not lie inside MEDIA_ROOT or STATIC_ROOT."""
        base = getattr(django_settings, "BASE_DIR", Path.cwd())
        return str(self._get("PRIVATE_ROOT", Path(base) / "cse_private"))


settings = AccessSettings("WAGTAIL_CSE_ACCESS_")
