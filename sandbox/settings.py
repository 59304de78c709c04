"""A site that installs wagtail-cse, as an installing site would: copy what you need.

`sandbox/run.py` sets the CSE_SANDBOX_... variables; without them the settings work for `manage.py` too.
"""

import os
import secrets
import warnings
from pathlib import Path

from sandbox.database import configure
from wagtail_cse import APPS

BASE_DIR = Path(__file__).resolve().parent
VAR_DIR = Path(os.environ.get("CSE_SANDBOX_VAR") or BASE_DIR.parent / "var" / "sandbox")
VAR_DIR.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    path = VAR_DIR / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


SECRET_KEY = _secret_key()
DEBUG = False
HOST = os.environ.get("CSE_SANDBOX_HOST", "127.0.0.1")
PORT = os.environ.get("CSE_SANDBOX_PORT", "8000")
# Listening on every address of the machine, the names by which it is reached are not known.
ALLOWED_HOSTS = ["*"] if HOST in ("0.0.0.0", "::") else [HOST, "localhost", "127.0.0.1", "[::1]"]
SITE_URL = f"http://{'127.0.0.1' if HOST in ('0.0.0.0', '::') else HOST}:{PORT}"

INSTALLED_APPS = [
    "sandbox",
    "sandbox.home",
    # wagtail-cse, after the site's own apps, so that the site's templates win ...
    *APPS,
    # ... and what it stands on.
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
    "whitenoise.middleware.WhiteNoiseMiddleware",
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

ROOT_URLCONF = "sandbox.urls"
WSGI_APPLICATION = "sandbox.wsgi.application"
ASGI_APPLICATION = "sandbox.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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

DATABASES = {"default": configure(os.environ.get("CSE_SANDBOX_DATABASE", ""), VAR_DIR / "db.sqlite3")}
if os.environ.get("CSE_SANDBOX_DATABASE"):
    # Wagtail's search index asks for it on PostgreSQL.
    INSTALLED_APPS.append("django.contrib.postgres")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
# guardian would make an account for "nobody", and give it rights.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_MONKEY_PATCH_GROUP = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Our own sign-in pages, as a site without any would use them.
LOGIN_URL = "cse_core:sign-in"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "en"
USE_TZ = True
TIME_ZONE = "Europe/Istanbul"
LANGUAGES = [("en", "English"), ("tr", "Türkçe"), ("el", "Ελληνικά"), ("it", "Italiano")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# A translation goes live when it is whole, not when it is begun.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_SITE_NAME = "Liman"
# Our pages stand in the site's own base; its header shows the account menu.
WAGTAIL_CSE_BASE_TEMPLATE = "base.html"
WAGTAIL_CSE_CORE_ACCOUNT_BAR = False
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WAGTAIL_CSE_ACCESS_PRIVATE_ROOT = str(VAR_DIR / "private")
# whitenoise hands Django synchronous files; the demo serves few.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

# No mail leaves the demo: /letters/ shows what would have been sent.
EMAIL_BACKEND = "sandbox.letters.EmailBackend"
MAIL_FOLDER = str(VAR_DIR / "mail")
DEFAULT_FROM_EMAIL = "network@example.org"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
