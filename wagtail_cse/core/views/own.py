"""Home, preferences, language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import check_for_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView, TemplateView
from django.views.i18n import set_language as django_set_language

from wagtail_cse.core import people, slots, times
from wagtail_cse.core.forms import PreferencesForm
from wagtail_cse.core.preferences import SavePreferences

STATES = ("turn", "wait", "none")


def next_steps(request: HttpRequest) -> dict[str, list[dict[str, Any]]]:
    """Steps of all Spaces by state, the earliest due first; those without a date after them."""
    rows: dict[str, list[dict[str, Any]]] = {state: [] for state in STATES}
    for step in slots.collect("home_next_steps", request):
        rows[step.get("state", "turn")].append(placed(step))
    for steps in rows.values():
        steps.sort(key=urgency)
    return rows


def placed(step: dict[str, Any]) -> dict[str, Any]:
    """The step with its Space's name in front: here steps of many Spaces stand side by side."""
    place, meta = step.get("place"), step.get("meta")
    return {**step, "meta": ". ".join(str(part) for part in (place, meta) if part)}


def urgency(step: dict[str, Any]) -> tuple[bool, dt.date, int]:
    """Earlier dates first (`due`: a moment, or `by`: a day), then those without a date; lower ranks first."""
    due = step.get("due") or step.get("by")
    return due is None, times.local_day(due) if due else dt.date.max, step.get("rank") or 0


class Home(LoginRequiredMixin, TemplateView):
    """What is due, from whom, by when; then whatever other apps put here."""

    template_name = "wagtail_cse/core/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = next_steps(self.request)
        count = len(steps["turn"])
        title = (
            ngettext("One thing waits for you", "%(count)d things wait for you", count) % {"count": count}
            if count
            else _("Nothing waits for you")
        )
        first = dict(steps["turn"][0]) if count else None
        if first is not None and count > 1:
            first["label"] = _("%(label)s: first of %(count)d") % {"label": first["label"], "count": count}
        return super().get_context_data(
            title=title,
            first=first,
            then=steps["turn"][1:],
            waiting=steps["wait"],
            anything=any(steps.values()),
            today=timezone.localdate(),
            **kwargs,
        )


class Preferences(LoginRequiredMixin, FormView):
    """Own name, language, time zone."""

    template_name = "wagtail_cse/core/preferences.html"
    form_class = PreferencesForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        form.action().execute()
        # The answer is in the new language, at its own address.
        language = people.supported(form.cleaned_data["language"])
        with translation.override(language):
            messages.success(self.request, _("Saved."))
            url = reverse("cse_core:preferences")
        response = HttpResponseRedirect(url)
        remember_language(response, language)
        return response


def remember_language(response: HttpResponse, language: str) -> None:
    """Django's own language cookie."""
    response.set_cookie(
        django_settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=django_settings.LANGUAGE_COOKIE_AGE,
        path=django_settings.LANGUAGE_COOKIE_PATH,
        domain=django_settings.LANGUAGE_COOKIE_DOMAIN,
        secure=django_settings.LANGUAGE_COOKIE_SECURE,
        httponly=django_settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=django_settings.LANGUAGE_COOKIE_SAMESITE,
    )


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Django's language switch, which also remembers the choice for a signed-in person."""
    language = request.POST.get("language", "")
    known = language in dict(django_settings.LANGUAGES) and check_for_language(language)
    if known and request.user.is_authenticated:
        SavePreferences(user=request.user, language=language).execute()
    response = django_set_language(request)
    if not known:
        # Django remembers any code that has a catalogue somewhere; here only the site's own languages count.
        response.cookies.pop(django_settings.LANGUAGE_COOKIE_NAME, None)
    return response
