"""Sign-in, password and identity, for sites that have no pages of their own for it."""

from __future__ import annotations

import time
from typing import Any

from django.conf import global_settings
from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth import views as auth_views
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse, reverse_lazy
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView

from wagtail_cse.core import mail, people, recent, times
from wagtail_cse.core.conf import settings
from wagtail_cse.core.forms import ChangePasswordForm, ConfirmIdentityForm, NewPasswordForm, ResetForm, SignInForm


def home_for(user: Any) -> str:
    """Where a person lands after signing in: the site's LOGIN_REDIRECT_URL, or our home in her language."""
    if django_settings.LOGIN_REDIRECT_URL != global_settings.LOGIN_REDIRECT_URL:
        return resolve_url(django_settings.LOGIN_REDIRECT_URL)
    with translation.override(people.language_of(user)):
        return reverse("cse_core:home")


class SignIn(auth_views.LoginView):
    """Never redirects who is signed in already: another site could tell members from others by that."""

    template_name = "wagtail_cse/core/sign_in.html"
    form_class = SignInForm

    def get_default_redirect_url(self) -> str:
        return home_for(self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.set_expiry(settings.stay_signed_in if form.cleaned_data["stay"] else 0)
        return response


class SignOut(auth_views.LogoutView):
    """POST only; then back to the sign-in page with a word."""

    http_method_names = ["post", "options"]

    def get_default_redirect_url(self) -> str:
        return resolve_url(django_settings.LOGOUT_REDIRECT_URL or django_settings.LOGIN_URL)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        messages.success(request, _("You are signed out."))
        return response


class PasswordReset(auth_views.PasswordResetView):
    template_name = "wagtail_cse/core/password_reset.html"
    form_class = ResetForm
    success_url = reverse_lazy("cse_core:password-reset-sent")

    def form_valid(self, form: Any) -> HttpResponse:
        began = time.monotonic()
        form.save(request=self.request, token_generator=self.token_generator)
        # A known address takes longer, because a letter goes out: the answer must not tell.
        time.sleep(max(0.0, settings.reset_seconds - (time.monotonic() - began)))
        return HttpResponseRedirect(self.get_success_url())


class PasswordResetSent(auth_views.PasswordResetDoneView):
    template_name = "wagtail_cse/core/password_reset_sent.html"


class PasswordResetConfirm(auth_views.PasswordResetConfirmView):
    template_name = "wagtail_cse/core/password_reset_confirm.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("cse_core:password-reset-done")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        tell_password_changed(form.user)
        return response


class PasswordResetDone(auth_views.PasswordResetCompleteView):
    template_name = "wagtail_cse/core/password_reset_done.html"


class PasswordChange(auth_views.PasswordChangeView):
    template_name = "wagtail_cse/core/password_change.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("cse_core:preferences")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        recent.remember(self.request)
        tell_password_changed(form.user)
        messages.success(self.request, _("Your password is changed. Other devices were signed out."))
        return response


def tell_password_changed(user: Any) -> None:
    """A letter, so that a stranger's change does not go unseen."""
    language = people.language_of(user)
    with translation.override(language), timezone.override(people.zone_of(user)):
        moment = times.moment_words(timezone.now())
        url = mail.absolute(reverse("cse_core:password-reset"))
    mail.send("core/password_changed", user, {"moment": moment, "url": url})


@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class ConfirmIdentity(LoginRequiredMixin, auth_views.RedirectURLMixin, FormView):
    """The password once more, before an act that binds an organisation; then on to `next`."""

    template_name = "wagtail_cse/core/confirm_identity.html"
    form_class = ConfirmIdentityForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request}

    def get_default_redirect_url(self) -> str:
        return reverse("cse_core:home")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        usable = self.request.user.has_usable_password()
        return super().get_context_data(next=self.get_redirect_url(), has_password=usable, **kwargs)

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_usable_password():
            # Signed in by other means (single sign-on): the site's own sign-in is the proof.
            target = self.get_success_url()
            logout(request)
            return auth_views.redirect_to_login(target)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        recent.remember(self.request)
        return super().form_valid(form)


class Open(LoginRequiredMixin, auth_views.RedirectURLMixin, TemplateView):
    """Where links in letters lead: signs in first, then on; tells a stranger nothing about the target."""

    redirect_field_name = "to"

    def get_redirect_field_name(self) -> str:
        """The sign-in page has its own name for where to go on."""
        return "next"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.get_success_url())

    def get_default_redirect_url(self) -> str:
        return reverse("cse_core:home")
