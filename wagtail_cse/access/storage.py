"""Where private files lie: a folder that no web server exposes."""

from __future__ import annotations

from django.core.files.storage import FileSystemStorage, Storage, storages


def private_storage() -> Storage:
    """The storage with alias `cse_private` if the site defines one, else `WAGTAIL_CSE_ACCESS_PRIVATE_ROOT`."""
    from .conf import settings

    if "cse_private" in storages.backends:
        return storages["cse_private"]
    return FileSystemStorage(location=settings.private_root, base_url=None)
