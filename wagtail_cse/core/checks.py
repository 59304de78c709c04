"""What a site must have for our pages to work; each finding says the line to add."""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.core.checks import Error, Tags, Warning, register
from django.shortcuts import resolve_url
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from .conf import settings

PROCESSORS = (
    ("django.template.context_processors.request", "cse_core.E001"),
    ("django.contrib.auth.context_processors.auth", "cse_core.E001"),
    ("django.contrib.messages.context_processors.messages", "cse_core.E001"),
    ("wagtail_cse.core.context_processors.cse", "cse_core.E001"),
)
LOCALE = "django.middleware.locale.LocaleMiddleware"
AUTHENTICATION = "django.contrib.auth.middleware.AuthenticationMiddleware"
PREFERENCES = "wagtail_cse.core.middleware.PreferencesMiddleware"


@register(Tags.templates)
def check_context_processors(app_configs: Any, **kwargs: Any) -> list[Error]:
    present: set[str] = set()
    engines: list[dict[str, Any]] = list(django_settings.TEMPLATES)
    for engine in engines:
        if engine.get("BACKEND", "").endswith("DjangoTemplates"):
            present.update(engine.get("OPTIONS", {}).get("context_processors", []))
    return [
        Error(
            f"The context processor {name} is missing.",
            hint=f'Add "{name}" to TEMPLATES[...]["OPTIONS"]["context_processors"].',
            id=code,
        )
        for name, code in PROCESSORS
        if name not in present
    ]


@register(Tags.templates)
def check_base_template(app_configs: Any, **kwargs: Any) -> list[Error]:
    try:
        get_template(settings.base_template)
    except TemplateDoesNotExist:
        return [
            Error(
                f"The template {settings.base_template} of WAGTAIL_CSE_BASE_TEMPLATE does not exist.",
                hint="Name your site's base template, or leave the setting out to use ours.",
                id="cse_core.E002",
            )
        ]
    return []


@register()
def check_middleware(app_configs: Any, **kwargs: Any) -> list[Any]:
    middleware = list(django_settings.MIDDLEWARE)
    found: list[Any] = []
    if len(django_settings.LANGUAGES) > 1 and LOCALE not in middleware:
        found.append(
            Error(
                "The site has more than one language, but no LocaleMiddleware.",
                hint=f'Add "{LOCALE}" after SessionMiddleware to MIDDLEWARE.',
                id="cse_core.E003",
            )
        )
    if PREFERENCES not in middleware:
        found.append(
            Warning(
                "Nobody's own language and time zone are used.",
                hint=f'Add "{PREFERENCES}" after AuthenticationMiddleware to MIDDLEWARE.',
                id="cse_core.W001",
            )
        )
    elif any(name in middleware[middleware.index(PREFERENCES) :] for name in (LOCALE, AUTHENTICATION)):
        found.append(
            Error(
                "PreferencesMiddleware stands too early.",
                hint="It must stand after LocaleMiddleware and AuthenticationMiddleware.",
                id="cse_core.E004",
            )
        )
    return found


@register()
def check_time(app_configs: Any, **kwargs: Any) -> list[Error]:
    if django_settings.USE_TZ and django_settings.USE_I18N:
        return []
    message = "USE_TZ and USE_I18N must be True: people here live in two time zones and languages."
    return [Error(message, id="cse_core.E005")]


@register(Tags.urls)
def check_urls(app_configs: Any, **kwargs: Any) -> list[Any]:
    found: list[Any] = []
    try:
        reverse("cse_core:home")
    except NoReverseMatch:
        found.append(
            Error(
                "The addresses of wagtail_cse are not included.",
                hint='Add path("cse/", include("wagtail_cse.urls")) to your urls.py, before Wagtail\'s own.',
                id="cse_core.E006",
            )
        )
    try:
        match = resolve(resolve_url(django_settings.LOGIN_URL).partition("?")[0])
        missing = match.url_name == "wagtail_serve"  # Wagtail's last pattern takes every address.
    except (NoReverseMatch, Resolver404):
        missing = True
    if missing:
        found.append(
            Warning(
                f"LOGIN_URL ({django_settings.LOGIN_URL}) leads nowhere.",
                hint='If the site has no sign-in page of its own: LOGIN_URL = "cse_core:sign-in".',
                id="cse_core.W002",
            )
        )
    return found
