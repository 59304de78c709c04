from __future__ import annotations

from wagtail_cse.core.conf import AppSettings

MB = 1024 * 1024


class ModeldocsSettings(AppSettings):
    @property
    def import_max_bytes(self) -> int:
        """Largest file that may be imported, in bytes; checked before anything is read."""
        return int(self._get("IMPORT_MAX_BYTES", 20 * MB))

    @property
    def import_max_unpacked_bytes(self) -> int:
        """Largest sum of the unpacked parts of a DOCX file, in bytes."""
        return int(self._get("IMPORT_MAX_UNPACKED_BYTES", 120 * MB))

    @property
    def import_max_ratio(self) -> int:
        """How many times larger than the file its unpacked parts may be (counted from 10 MB unpacked)."""
        return int(self._get("IMPORT_MAX_RATIO", 60))

    @property
    def import_max_parts(self) -> int:
        """Largest number of parts (files) in a DOCX file."""
        return int(self._get("IMPORT_MAX_PARTS", 2000))

    @property
    def import_max_images(self) -> int:
        """Largest number of images taken over from one file."""
        return int(self._get("IMPORT_MAX_IMAGES", 100))


settings = ModeldocsSettings("WAGTAIL_CSE_MODELDOCS_")
