from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wagtail_cse.access.acting import actor as acting_as
from wagtail_cse.access.policies import can
from wagtail_cse.core.exceptions import AlreadyDone, CseError, NotAllowed

from . import publication
from .drafting_views import crumbs
from .models import SignOff
from .signing_forms import PublishForm
from .signing_views import load_signoff


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what becomes public and to whom; on POST publish it."""
    signoff = load_signoff(request.user, uuid)
    if not can(request.user, "publish", signoff.model_document.space):
        raise NotAllowed(_("Publishing is a right of its own. A coordinator of this partnership can give it to you."))
    form = PublishForm(request.POST or None, initial=_last_words(signoff))
    if request.method == "POST":
        answer = _publish(request, signoff, form)
        if answer is not None:
            return answer
    return render(
        request,
        "wagtail_cse/modeldocs/publication_form.html",
        {
            "signoff": signoff,
            "model_document": signoff.model_document,
            "crumbs": crumbs(
                signoff.model_document,
                {"label": _("Sign-off"), "url": reverse("cse_modeldocs:signoff", args=[signoff.uuid])},
            ),
            "version": signoff.version,
            "form": form,
            "public": publication.what_becomes_public(signoff),
        },
        status=422 if form.is_bound else 200,
    )


def _publish(request: HttpRequest, signoff: SignOff, form: PublishForm) -> HttpResponse | None:
    """The answer after publication; None when the form stands with its errors."""
    if not form.is_valid():
        return None
    action = publication.Publish(
        actor=acting_as(request),
        signoff=signoff,
        licence=form.cleaned_data["licence"],
        summary=form.cleaned_data["summary"],
    )
    try:
        page = action.execute().page
    except AlreadyDone as error:
        messages.info(request, error.message)
        return redirect("cse_modeldocs:signoff", uuid=signoff.uuid)
    except NotAllowed:
        raise
    except CseError as error:
        form.add_error(None, error.message)
        return None
    messages.success(request, _("The model document is public now."))
    return redirect(page.specific.get_url(request))


def _last_words(signoff) -> dict[str, str]:
    """Licence and summary of the publication before, for the next one."""
    last = signoff.model_document.publications.select_related("page").order_by("-published_at", "-pk").first()
    if last is None:
        return {}
    summary = getattr(last.page.specific, "summary", "") if last.page_id else ""
    return {"licence": last.licence, "summary": summary}
