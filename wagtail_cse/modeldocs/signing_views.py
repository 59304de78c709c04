from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wagtail_cse.access.acting import actor as acting_as
from wagtail_cse.access.loaders import get_for
from wagtail_cse.access.policies import can
from wagtail_cse.core.exceptions import AlreadyDone, CseError, NotAllowed
from wagtail_cse.core.recent import recent_sign_in_required

from . import signing
from .checklist import before_signing
from .drafting_views import crumbs
from .models import ModelDocument, SignOff
from .rendering import version_html
from .signing_forms import OpenSignOffForm, SignForm
from .verification import verify


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def signoff_open(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what would be frozen and who will be asked; on POST freeze it."""
    model_document = get_for(request.user, "manage", ModelDocument, uuid=uuid)
    form = OpenSignOffForm(request.POST or None, initial={"seen_head": model_document.document.head})
    if request.method == "POST" and form.is_valid():
        action = signing.OpenSignOff(
            actor=acting_as(request),
            model_document=model_document,
            version_name=form.cleaned_data["name"],
            seen_head=form.cleaned_data["seen_head"],
        )
        try:
            signoff = action.execute()
        except AlreadyDone as error:
            messages.info(request, error.message)
            signoff = model_document.signoffs.filter(completed_at=None, withdrawn_at=None).first()
            if signoff is None:
                raise
            return redirect("cse_modeldocs:signoff", uuid=signoff.uuid)
        except CseError as error:
            form.add_error(None, error.message)
            form.data = {**form.data.dict(), "seen_head": str(_current_head(model_document))}
        else:
            messages.success(
                request, _("The version is frozen. The partners who have not signed were asked by mail.")
            )
            return redirect("cse_modeldocs:signoff", uuid=signoff.uuid)
    return render(
        request,
        "wagtail_cse/modeldocs/signoff_open.html",
        {
            "model_document": model_document,
            "crumbs": crumbs(model_document),
            "form": form,
            "checklist": before_signing(model_document),
            "organisations": model_document.partnership.organisations.order_by("name"),
        },
        status=200 if not form.errors else 422,
    )


def _current_head(model_document: ModelDocument) -> int:
    return type(model_document.document).objects.values_list("head", flat=True).get(pk=model_document.document_id)


@never_cache
@login_required
@require_safe
def signoff_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The frozen text, its fingerprint, who has signed, and the place to sign."""
    return _detail(request, load_signoff(request.user, uuid), None)


def load_signoff(user: Any, uuid: UUID) -> SignOff:
    signoff = (
        SignOff.objects.select_related(
            "version__document",
            "version__party",
            "version__created_by",
            "model_document__space",
            "model_document__document",
            "model_document__partnership",
        )
        .filter(uuid=uuid)
        .first()
    )
    if signoff is None or not can(user, "view", signoff.model_document.space):
        raise Http404
    return signoff


def _detail(request: HttpRequest, signoff: SignOff, form: SignForm | None, status: int = 200) -> HttpResponse:
    actor = acting_as(request)
    verification = verify(signoff)
    signed = {checked.signature.organisation_id: checked.signature for checked in verification.signatures}
    mandate, reason = None, ""
    if not signoff.withdrawn_at and not signoff.completed_at:
        try:
            mandate = signing.mandate_to_sign(actor, signoff)
        except NotAllowed as error:
            reason = error.message
    if mandate is not None and mandate.organisation_id in signed:
        mandate, reason = None, ""
    if mandate is not None:
        form = form or SignForm(initial={"sha256": signoff.version.sha256})
        form["read"].label = _sign_label(signoff, mandate)
    return render(
        request,
        "wagtail_cse/modeldocs/signoff_detail.html",
        {
            "signoff": signoff,
            "model_document": signoff.model_document,
            "crumbs": crumbs(signoff.model_document),
            "version": signoff.version,
            "verification": verification,
            "organisations": [(o, signed.get(o.pk)) for o in signoff.organisations.order_by("name")],
            "text": version_html(signoff.version),
            "mandate": mandate,
            "mandate_line": signing.mandate_line(mandate) if mandate else "",
            "why_not": reason,
            "form": form if mandate else None,
            "draft_moved_on": signing.what_changed_since(signoff),
            "may_withdraw": signing.may_open(request.user, signoff.model_document),
            "may_publish": bool(signoff.completed_at) and can(request.user, "publish", signoff.model_document.space),
            "publish_step": _publish_step(signoff),
            "acting_party": actor.party,
        },
        status=status,
    )


def _publish_step(signoff: SignOff) -> dict[str, Any]:
    return {
        "state": "turn",
        "label": _("All partners have signed"),
        "text": _("Publish this version"),
        "meta": _("You will see what becomes public before it happens."),
        "url": reverse("cse_modeldocs:publish", args=[signoff.uuid]),
        "action": _("See what becomes public"),
    }


def _sign_label(signoff: SignOff, mandate: Any) -> str:
    return _("I have read version %(number)d and sign it for %(organisation)s") % {
        "number": signoff.version.number,
        "organisation": mandate.organisation.name,
    }


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
@recent_sign_in_required()
def sign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Sign; by GET (after the password was asked for) back to the text."""
    signoff = load_signoff(request.user, uuid)
    if request.method != "POST":
        return redirect("cse_modeldocs:signoff", uuid=signoff.uuid)
    actor = acting_as(request)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _detail(request, signoff, form, status=422)
    try:
        signature = signing.Sign(actor=actor, signoff=signoff, sha256=form.cleaned_data["sha256"]).execute()
    except AlreadyDone as error:
        messages.info(request, error.message)
    except NotAllowed:
        raise
    except CseError as error:
        form.add_error(None, error.message)
        return _detail(request, signoff, form, status=409)
    else:
        messages.success(
            request,
            _("Version %(number)d is signed for %(organisation)s.")
            % {"number": signoff.version.number, "organisation": signature.organisation_name},
        )
    return redirect("cse_modeldocs:signoff", uuid=signoff.uuid)


@never_cache
@login_required
@require_POST
def signoff_withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    signoff = load_signoff(request.user, uuid)
    try:
        signing.WithdrawSignOff(actor=acting_as(request), signoff=signoff).execute()
    except NotAllowed:
        raise
    except CseError as error:
        messages.info(request, error.message)
    else:
        messages.success(request, _("The sign-off is withdrawn. Signatures given so far stay with their version."))
    return redirect("cse_modeldocs:signoff", uuid=signoff.uuid)


def _verifiable(user: Any, uuid: UUID) -> SignOff:
    """A published sign-off is for everybody; any other for those who may read the draft. Else: not found."""
    signoff = SignOff.objects.select_related("version__document", "model_document__space").filter(uuid=uuid).first()
    if signoff is None:
        raise Http404
    if not signoff.is_public and not can(user, "view", signoff.model_document.space):
        raise Http404
    return signoff


@never_cache
@require_safe
def signoff_verify(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Recompute the fingerprint now, and say in words whether it matches."""
    signoff = _verifiable(request.user, uuid)
    return render(
        request,
        "wagtail_cse/modeldocs/signoff_verify.html",
        {
            "signoff": signoff,
            "version": signoff.version,
            "verification": verify(signoff),
            "file_name": canonical_name(signoff),
        },
    )


@never_cache
@require_safe
def signoff_canonical(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The canonical bytes themselves: `sha256sum` of the file gives the fingerprint."""
    signoff = _verifiable(request.user, uuid)
    response = HttpResponse(bytes(signoff.version.canonical or b""), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{canonical_name(signoff)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def canonical_name(signoff: SignOff) -> str:
    return f"version-{signoff.version.number}-{signoff.version.sha256[:12]}.json"
