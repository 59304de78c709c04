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

    @property
    def max_file_size(self) -> int:
        """Largest private file, in bytes."""
        return int(self._get("MAX_FILE_SIZE", 20 * 1024 * 1024))

    @property
    def max_image_pixels(self) -> int:
        """Largest image, in pixels (width times height): a small file can unpack to a huge picture."""
        return int(self._get("MAX_IMAGE_PIXELS", 50_000_000))

    @property
    def file_types(self) -> list[str] | None:
        """Content types that may be stored; None: all. They are only ever shown inline when harmless."""
        return self._get("FILE_TYPES", None)

    @property
    def sendfile(self) -> str:
        """How private files leave: "" (Django sends them), "x-sendfile" (Apache) or "x-accel" (nginx)."""
        return str(self._get("SENDFILE", ""))

    @property
    def sendfile_url(self) -> str:
        """With "x-accel": the internal location of nginx that points to the private root."""
        return str(self._get("SENDFILE_URL", "/cse-private/"))


settings = AccessSettings("WAGTAIL_CSE_ACCESS_")
