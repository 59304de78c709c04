"""`path("cse/", include("wagtail_cse.urls"))`, inside or outside `i18n_patterns`."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path

from . import APPS

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"{name}.urls"))
    for name in APPS
    if apps.is_installed(name) and find_spec(f"{name}.urls") is not None
]
