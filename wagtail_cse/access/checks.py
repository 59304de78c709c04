"""System checks: what the site's settings must say, with the line to add."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from . import registration
from .conf import settings

MIDDLEWARE = "wagtail_cse.access.middleware.AccessMiddleware"
BACKEND = "guardian.backends.ObjectPermissionBackend"


@register(Tags.security)
def check_guardian(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if BACKEND not in site.AUTHENTICATION_BACKENDS:
        found.append(
            Error(
                "django-guardian's backend is missing: has_perm() does not know the roles in a space.",
                hint=f'Add "{BACKEND}" to AUTHENTICATION_BACKENDS, after Django\'s ModelBackend.',
                id="cse_access.E001",
            )
        )
    if getattr(site, "ANONYMOUS_USER_NAME", "AnonymousUser") is not None:
        found.append(
            Error(
                "guardian would make a user for anonymous visitors, and give rights to it.",
                hint="Add the line: ANONYMOUS_USER_NAME = None",
                id="cse_access.E002",
            )
        )
    return found


@register(Tags.security)
def check_middleware(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    names = list(site.MIDDLEWARE)
    authentication = "django.contrib.auth.middleware.AuthenticationMiddleware"
    if MIDDLEWARE not in names:
        return [
            Error(
                "The access middleware is missing: some views of Wagtail show private titles without it.",
                hint=f'Add "{MIDDLEWARE}" to MIDDLEWARE, after "{authentication}".',
                id="cse_access.E003",
            )
        ]
    if authentication in names and names.index(MIDDLEWARE) < names.index(authentication):
        return [
            Error(
                "The access middleware stands before the one that knows who is signed in.",
                hint=f'Move "{MIDDLEWARE}" after "{authentication}" in MIDDLEWARE.',
                id="cse_access.E004",
            )
        ]
    return []


@register(Tags.security)
def check_policies(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"The permission policy of {model.__module__}.{model.__name__} is not the one of wagtail_cse.access, "
            "or was registered after it.",
            hint="Register your own policy in the ready() of an app that stands before wagtail_cse.APPS "
            "in INSTALLED_APPS; ours then stands in front of it.",
            id="cse_access.E005",
        )
        for model in registration.inactive()
    ]


@register(Tags.security)
def check_private_root(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    private = Path(settings.private_root).resolve()
    found: list[CheckMessage] = []
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        public = getattr(site, name, None)
        if public and private.is_relative_to(Path(public).resolve()):
            found.append(
                Error(
                    f"Private files would lie inside {name}, where the web server shows them to everybody.",
                    hint="Set WAGTAIL_CSE_ACCESS_PRIVATE_ROOT to a folder that no web server exposes.",
                    id="cse_access.E006",
                )
            )
    if settings.sendfile not in {"", "x-accel", "x-sendfile"}:
        found.append(
            Error(
                "WAGTAIL_CSE_ACCESS_SENDFILE is unknown.",
                hint='Use "", "x-accel" (nginx) or "x-sendfile" (Apache).',
                id="cse_access.E007",
            )
        )
    return found


@register(Tags.compatibility)
def check_sqlite(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Without these lines a read followed by a write fails at once with "database is locked"."""
    found: list[CheckMessage] = []
    for alias, database in site.DATABASES.items():
        if not database.get("ENGINE", "").endswith("sqlite3"):
            continue
        options = database.get("OPTIONS", {})
        pragmas = str(options.get("init_command", "")).replace(" ", "").lower()
        missing = []
        if options.get("transaction_mode") != "IMMEDIATE":
            missing.append('"transaction_mode": "IMMEDIATE"')
        if "journal_mode=wal" not in pragmas or "synchronous=full" not in pragmas:
            missing.append('"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"')
        if missing:
            found.append(
                Warning(
                    f'SQLite (DATABASES["{alias}"]) is not set up for several people writing at once.',
                    hint=f'Add to DATABASES["{alias}"]["OPTIONS"]: {", ".join(missing)}',
                    id="cse_access.W001",
                )
            )
    return found


@register(Tags.security)
def check_sessions(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if site.SESSION_ENGINE.endswith("signed_cookies"):
        return [
            Warning(
                "With sessions in signed cookies a sign-out does not close what is open in other windows.",
                hint='Use SESSION_ENGINE = "django.contrib.sessions.backends.db" (or cached_db).',
                id="cse_access.W002",
            )
        ]
    return []
