"""A small site: Django's own user model, no page types of ours, no wagtail-localize."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS

LEFT_OUT = {"wagtail_cse.pages", "wagtail_localize", "wagtail_localize.locales", "tests.testapp"}
INSTALLED_APPS = [
    *[name for name in INSTALLED_APPS if name not in LEFT_OUT],
    # Without wagtail-localize's version of it.
    "wagtail.locales",
]
AUTH_USER_MODEL = "auth.User"
