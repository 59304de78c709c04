"""The link in the mail: read it, accept it, ask for another one.

Reading changes nothing: mail scanners open links. The secret is in the address, so no address of these pages may
reach another site: no referrer for others, nothing cached.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.contrib.auth import authenticate, get_user_model, login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from wagtail_cse.access.actors import Actor
from wagtail_cse.core import people
from wagtail_cse.core.exceptions import AlreadyDone, CseError
from wagtail_cse.core.middleware import PreferencesMiddleware
from wagtail_cse.core.views.own import remember_language

from .. import invitations
from ..accounts import email_of, find_by_email, login_name, person_name, same_address
from ..actions import AcceptInvitation, AskForInvitation
from ..exceptions import InvitationError
from ..forms import AccountForm
from ..models import Invitation
from ..policies import SEAT_ROLES
from .base import status_of


@method_decorator(never_cache, name="dispatch")
class LinkView(View):
    """What the three addresses of a link share."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.token: str = kwargs["token"]
        response = super().dispatch(request, *args, **kwargs)
        # Not "no-referrer": then browsers send "Origin: null" with the form, which Django's CSRF check refuses.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    @property
    def here(self) -> str:
        return reverse("cse_members:invitation", kwargs={"token": self.token})

    def who(self) -> Actor | None:
        """The signed-in person; for which party he acts elsewhere does not matter here."""
        return Actor(self.request.user) if self.request.user.is_authenticated else None


@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class InvitationView(LinkView):
    """Who invites, for which organisation, what it means; then a button, or a short form for a new account."""

    def get(self, request: Any, token: str) -> HttpResponse:
        invitation, state = self.find()
        self.speak(invitation)
        if invitation is None or state != "open":
            return self.show_closed(invitation, state)
        if request.user.is_authenticated:
            return self.show_open(invitation, state="ready")
        known = find_by_email(invitation.email) is not None
        return self.show_open(invitation, state="sign-in" if known else "new")

    def post(self, request: Any, token: str) -> HttpResponse:
        invitation, state = self.find()
        self.speak(invitation)
        if invitation is None or state != "open":
            return self.show_closed(invitation, state)
        if not request.user.is_authenticated:
            return self.join(invitation)
        try:
            AcceptInvitation(token=token, actor=self.who()).execute()
        except InvitationError as error:
            return self.show_closed(invitation, error.code)
        except AlreadyDone as error:
            messages.info(request, error.message)
        else:
            self.welcome(invitation)
        return self.lead_on(invitation, request.user)

    def speak(self, invitation: Invitation | None) -> None:
        """The language of the mail, where neither the address nor the person says another."""
        request = self.request
        chosen = request.user.is_authenticated or django_settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        if invitation is None or chosen or PreferencesMiddleware.address_says(request):
            return
        translation.activate(invitation.language)
        request.LANGUAGE_CODE = invitation.language

    def join(self, invitation: Invitation) -> HttpResponse:
        """Accept with a new account, and sign in."""
        if find_by_email(invitation.email) is not None:
            return self.show_open(invitation, state="sign-in")
        form = AccountForm(self.request.POST, email=invitation.email)
        if not form.is_valid():
            return self.show_open(invitation, state="new", form=form)
        name, password = form.cleaned_data["name"], form.cleaned_data["password"]
        action = AcceptInvitation(token=self.token, actor=None, person=name, password=password)
        try:
            action.execute()
        except InvitationError as error:
            return self.show_closed(invitation, error.code)
        except CseError as error:
            form.add_error(None, error.message)
            return self.show_open(invitation, state="new", form=form, status=status_of(error))
        self.sign_in(action.user, password)
        self.welcome(invitation)
        if login_name(action.user) != invitation.email:
            sentence = gettext("Your user name, for signing in, is %(name)s. Please write it down.")
            messages.info(self.request, sentence % {"name": login_name(action.user)})
        return self.lead_on(invitation, action.user)

    def sign_in(self, user: Any, password: str) -> None:
        """By the site's own backends where they take a password, else by the first one."""
        credentials = {get_user_model().USERNAME_FIELD: login_name(user), "password": password}
        known = authenticate(self.request, **credentials)
        if known is not None:
            login(self.request, known)
        else:
            login(self.request, user, backend=django_settings.AUTHENTICATION_BACKENDS[0])

    def find(self) -> tuple[Invitation | None, str]:
        """The invitation with its state for this person.

        Beside `invitations.state`: `mine` when he has accepted it himself, `other_person` when his address is not
        the invited one.
        """
        invitation = invitations.find(self.token)
        if invitation is None:
            return None, "unknown"
        user = self.request.user
        if user.is_authenticated and invitation.accepted_by_id == user.pk:
            return invitation, "mine"
        state = invitations.state(invitation)
        if state == "open" and user.is_authenticated and not same_address(user, invitation.email):
            state = "other_person"
        return invitation, state

    def show_open(
        self, invitation: Invitation, *, state: str, form: AccountForm | None = None, status: int = 200
    ) -> HttpResponse:
        context = {
            "invitation": invitation,
            "organisation": invitation.organisation,
            "inviter": person_name(invitation.invited_by),
            "state": state,
            "form": form or (AccountForm(email=invitation.email) if state == "new" else None),
            "owner": SEAT_ROLES[invitation.role] == "coordinator",
            "sign_in_url": f"{resolve_url(django_settings.LOGIN_URL)}?{urlencode({'next': self.here})}",
            "token": self.token,
            "page_class": "cse-narrow",
        }
        return render(self.request, "wagtail_cse/members/invitation_open.html", context, status=status)

    def show_closed(self, invitation: Invitation | None, state: str) -> HttpResponse:
        """Says what to do next. No name, no organisation, no address: the link may be in the wrong hands."""
        if state == "mine" and invitation is not None:
            return self.lead_on(invitation, self.request.user)
        context = {
            "state": state,
            "can_ask": invitation is not None and state in ("expired", "withdrawn", "paused", "other_person"),
            "own_email": email_of(self.request.user) if state == "other_person" else "",
            "asked": invitation is not None and invitations.asked_today(invitation),
            "token": self.token,
            "page_class": "cse-narrow",
        }
        status = {"unknown": 404, "other_person": 403}.get(state, 410)
        return render(self.request, "wagtail_cse/members/invitation_closed.html", context, status=status)

    def welcome(self, invitation: Invitation) -> None:
        sentence = gettext("Welcome. You are now here for %(organisation)s.")
        messages.success(self.request, sentence % {"organisation": invitation.organisation.name})

    def lead_on(self, invitation: Invitation, user: Any) -> HttpResponse:
        """To the Space that came with the invitation, else home, in the person's language."""
        language = people.language_of(user)
        with translation.override(language):
            response = redirect(invitations.landing(invitation, user) or home_url())
        remember_language(response, language)
        return response


def home_url() -> str:
    try:
        return reverse("cse_core:home")
    except NoReverseMatch:
        return "/"


class InvitationAskView(LinkView):
    """Ask whoever invited for a new link, or for one to the address of the person who is signed in."""

    http_method_names = ["post", "options"]

    def post(self, request: Any, token: str) -> HttpResponse:
        invitation = invitations.find(token)
        who = self.who()
        other = invitation is not None and who is not None and not same_address(who.user, invitation.email)
        try:
            AskForInvitation(token=token, actor=who if other else None).execute()
        except AlreadyDone as error:
            messages.info(request, error.message)
        except InvitationError:
            # The page itself says that the link is wrong.
            pass
        else:
            messages.success(request, gettext("We have written to the person who invited you."))
        return redirect(self.here)


class InvitationSignOutView(LinkView):
    """Sign out, and come back to the link as somebody else."""

    http_method_names = ["post", "options"]

    def post(self, request: Any, token: str) -> HttpResponse:
        logout(request)
        return redirect(self.here)
