"""Versions of a model document: list, name, read, restore."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wagtail_cse.access.acting import actor as acting_as
from wagtail_cse.access.policies import verbs
from wagtail_cse.coedit import state
from wagtail_cse.coedit.actions import NameVersion, RestoreVersion
from wagtail_cse.coedit.models import Version
from wagtail_cse.core.exceptions import AlreadyDone, CseError, NotAllowed

from .drafting_views import crumbs, load
from .exporting.edition import version_line
from .models import ModelDocument
from .rendering import version_html
from .version_forms import NameVersionForm

PER_PAGE = 30


def load_version(model_document: ModelDocument, number: int) -> Version:
    """Version `number` of the document with its author; raises `Http404`."""
    found = Version.objects.filter(document=model_document.document_id, number=number)
    version = found.select_related("created_by", "party").first()
    if version is None:
        raise Http404
    version.document = model_document.document
    return version


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def version_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """All versions, newest first; who writes can name the present state."""
    model_document = load(request, uuid, "change" if request.method == "POST" else "view")
    form = NameVersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action = NameVersion(actor=acting_as(request), document=model_document.document, **form.cleaned_data)
        try:
            version = action.execute()
        except AlreadyDone as error:
            messages.info(request, error.message)
            return redirect("cse_modeldocs:versions", uuid=model_document.uuid)
        except NotAllowed:
            raise
        except CseError as error:
            form.add_error(error.code if error.code in form.fields else None, error.message)
        else:
            values = {"number": version.number, "name": version.name}
            messages.success(request, _("Version %(number)d, “%(name)s”, is kept.") % values)
            return redirect("cse_modeldocs:versions", uuid=model_document.uuid)
    page = Paginator(model_document.document.versions.listed(), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "wagtail_cse/modeldocs/version_list.html",
        {
            "model_document": model_document,
            "crumbs": crumbs(model_document),
            "page_obj": page,
            "form": form,
            "may_change": "change" in verbs(request.user, model_document),
        },
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_safe
def version_detail(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """One version, to read."""
    model_document = load(request, uuid)
    version = load_version(model_document, number)
    return render(
        request,
        "wagtail_cse/modeldocs/version_detail.html",
        {
            "model_document": model_document,
            "version": version,
            "crumbs": crumbs(model_document, versions_crumb(model_document)),
            "line": version_line(version),
            "text": version_html(version),
            "may_change": "change" in verbs(request.user, model_document),
            "signoff": model_document.signoffs.filter(version=version).first(),
        },
    )


def versions_crumb(model_document: ModelDocument) -> dict[str, str]:
    return {"label": _("Versions"), "url": reverse("cse_modeldocs:versions", args=[model_document.uuid])}


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def version_restore(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Say what will happen; on POST make the draft into that version, keeping the present one first."""
    model_document = load(request, uuid, "change")
    version = load_version(model_document, number)
    error = ""
    if request.method == "POST":
        try:
            kept = RestoreVersion(actor=acting_as(request), version=version).execute()
        except NotAllowed:
            raise
        except CseError as problem:
            error = problem.message
        else:
            messages.success(request, _restored(version, kept))
            return redirect("cse_modeldocs:versions", uuid=model_document.uuid)
    document = model_document.document
    return render(
        request,
        "wagtail_cse/modeldocs/version_restore.html",
        {
            "model_document": model_document,
            "version": version,
            "crumbs": crumbs(model_document, versions_crumb(model_document)),
            "line": version_line(version),
            "same": state.current_tree(document) == version.content,
            "error": error,
        },
        status=409 if error else 200,
    )


def _restored(version: Version, kept: Version | None) -> str:
    if kept is None:
        return _("The draft reads like version %(number)d already. Nothing was changed.") % {"number": version.number}
    return _("The draft reads like version %(number)d now. What stood there before is kept as version %(kept)d.") % {
        "number": version.number,
        "kept": kept.number,
    }
