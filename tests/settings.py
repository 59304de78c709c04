"""Settings of the tests: a foreign site (own user model) with everything of ours installed.

`DATABASE_URL` chooses PostgreSQL; without it SQLite is used as `docs` recommend it.
"""

import os
import tempfile
from pathlib import Path

from sandbox.database import configure
from wagtail_cse import APPS

BASE_DIR = Path(__file__).resolve().parent.parent
WORK_DIR = Path(os.environ.get("CSE_TEST_DIR") or tempfile.mkdtemp(prefix="cse-tests-"))

SECRET_KEY = "tests only"
DEBUG = False
ALLOWED_HOSTS = ["*"]
USE_TZ = True
TIME_ZONE = "UTC"
ROOT_URLCONF = "tests.urls"
WSGI_APPLICATION = None
ASGI_APPLICATION = "tests.asgi.application"

INSTALLED_APPS = [
    "tests.testapp",
    "tests.foreignsite",
    *APPS,
    "guardian",
    "django_countries",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v2",
    "wagtail.api.v3",
    "wagtail",
    "rest_framework",
    "taggit",
    "django_tasks",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sandbox.middleware.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wagtail_cse.core.middleware.PreferencesMiddleware",
    "wagtail_cse.access.middleware.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail_cse.core.context_processors.cse",
            ]
        },
    }
]

DATABASES = {"default": configure(os.environ.get("DATABASE_URL", ""), WORK_DIR / "db.sqlite3")}
if os.environ.get("DATABASE_URL"):
    # Wagtail's search index asks for it there.
    INSTALLED_APPS.append("django.contrib.postgres")
else:
    # A file, as in service: an in-memory database knows neither WAL nor a second process.
    DATABASES["default"]["TEST"] = {"NAME": str(WORK_DIR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "testapp.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LOGIN_URL = "cse_core:sign-in"
WAGTAIL_CSE_CORE_RESET_SECONDS = 0

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("tr", "Türkçe"), ("el", "Ελληνικά"), ("it", "Italiano")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_SITE_NAME = "Tests"
WAGTAILADMIN_BASE_URL = os.environ.get("CSE_BASE_URL", "http://testserver")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

STATIC_URL = "/static/"
STATIC_ROOT = str(WORK_DIR / "static")
MEDIA_URL = "/media/"
MEDIA_ROOT = str(WORK_DIR / "media")
WAGTAIL_CSE_ACCESS_PRIVATE_ROOT = str(WORK_DIR / "private")
MAIL_FOLDER = str(WORK_DIR / "mail")
# The server of the browser tests is another process: its mails go to a folder that the test reads.
EMAIL_BACKEND = (
    "sandbox.letters.EmailBackend"
    if os.environ.get("CSE_TEST_SERVER")
    else "django.core.mail.backends.locmem.EmailBackend"
)
DEFAULT_FROM_EMAIL = "network@example.org"
