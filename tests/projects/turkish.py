"""A Turkish site: LANGUAGE_CODE "tr", every request in a transaction, hashed static files."""

from tests.settings import *  # noqa: F403
from tests.settings import DATABASES

LANGUAGE_CODE = "tr"
TIME_ZONE = "Europe/Istanbul"
DATABASES = {"default": DATABASES["default"] | {"ATOMIC_REQUESTS": True}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
