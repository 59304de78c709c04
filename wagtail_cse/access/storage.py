"""Where private files lie: a folder that no web server exposes."""

from __future__ import annotations

from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateFileSystemStorage(FileSystemStorage):
    """Files without an address: `file.url` must never put one into a page, not even one that does not work."""

    def url(self, name: str | None) -> str:
        raise ValueError("A private file is not accessible via a URL; link to its view.")


def private_storage() -> Storage:
    """The storage with alias `cse_private` if the site defines one, else `WAGTAIL_CSE_ACCESS_PRIVATE_ROOT`."""
    from .conf import settings

    if "cse_private" in storages.backends:
        return storages["cse_private"]
    return PrivateFileSystemStorage(location=settings.private_root)
