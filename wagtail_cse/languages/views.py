from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from wagtail_cse.access.acting import actor as acting_as
from wagtail_cse.access.network import is_secretariat
from wagtail_cse.core.exceptions import Invalid, NotAllowed

from . import actions, board, teams
from .forms import StartForm, TranslatorForm
from .models import TranslatorTeam


@never_cache
@login_required
@require_safe
def translation_board(request: HttpRequest) -> HttpResponse:
    """Text by language, for translators and the secretariat."""
    if not teams.locales_for(request.user) and not is_secretariat(request.user):
        raise Http404
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and 0 < int(asked) < 10_000 else 1
    rows, more = board.board(request.user, number)
    return render(
        request,
        "wagtail_cse/languages/board.html",
        {
            "rows": rows,
            "number": number,
            "more": more,
            "is_secretariat": is_secretariat(request.user),
            "head_actions": [{"label": _("Translators"), "url": reverse("cse_languages:translators")}]
            if is_secretariat(request.user)
            else [],
        },
    )


@login_required
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start a translation and open the editor."""
    form = StartForm(request.POST)
    if not form.is_valid():
        raise Http404
    page = get_object_or_404(Page.objects.live().public(), pk=form.cleaned_data["page"])
    try:
        target = actions.StartTranslation(
            actor=acting_as(request), page=page, locale=form.cleaned_data["locale"]
        ).execute()
    except Invalid as error:
        messages.error(request, error.message)
        return redirect("cse_languages:board")
    return redirect("wagtailadmin_pages:edit", target.pk)


@login_required
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(Page, pk=pk)
    if not any(page.locale_id == locale.pk for locale in teams.locales_for(request.user, "publish")):
        raise Http404
    try:
        actions.PublishTranslation(actor=acting_as(request), page=page.specific).execute()
    except Invalid as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The translation is public now."))
    return redirect("cse_languages:board")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def translators(request: HttpRequest) -> HttpResponse:
    """Who translates into which language; the secretariat appoints."""
    if not is_secretariat(request.user):
        raise Http404
    form = TranslatorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.AppointTranslator(
                actor=acting_as(request), user=form.user, locale=form.cleaned_data["locale"]
            ).execute()
        except (Invalid, NotAllowed) as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, _("The translator is appointed."))
            return redirect("cse_languages:translators")
    team_rows = [
        (team.locale, get_user_model().objects.filter(cse_grants__space=team.space).distinct())
        for team in TranslatorTeam.objects.select_related("locale", "space").order_by("locale__language_code")
    ]
    return render(
        request,
        "wagtail_cse/languages/translators.html",
        {"form": form, "teams": team_rows},
        status=422 if form.is_bound else 200,
    )


@login_required
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    if not is_secretariat(request.user):
        raise Http404
    team = TranslatorTeam.objects.filter(locale__language_code=request.POST.get("locale", "")).first()
    user = (
        get_user_model().objects.filter(cse_grants__space=team.space, pk=request.POST.get("user", "")).first()
        if team is not None and _is_key(request.POST.get("user", ""))
        else None
    )
    if team is None or user is None:
        raise Http404
    actions.DismissTranslator(actor=acting_as(request), user=user, locale=team.locale).execute()
    messages.success(request, _("The translator’s right has ended."))
    return redirect("cse_languages:translators")


def _is_key(value: str) -> bool:
    """Can this be a key of the site's user model (number, UUID, text)?"""
    from django.core.exceptions import ValidationError

    try:
        get_user_model()._meta.pk.to_python(value)
    except (ValidationError, ValueError, TypeError):
        return False
    return bool(value)
