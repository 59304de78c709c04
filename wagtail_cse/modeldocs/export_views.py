"""Taking a draft or a version away: print view, HTML, DOCX. Whoever may read it, may."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wagtail_cse.coedit import state
from wagtail_cse.coedit.models import Version

from .drafting_views import load
from .exporting import edition, write_docx, write_html
from .exporting.html import direction
from .models import ModelDocument
from .rendering import tree_html
from .version_views import load_version

#: Ending -> (writer, content type).
FORMS = {
    "docx": (write_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": (write_html, "text/html; charset=utf-8"),
}


def _load(request: HttpRequest, uuid: UUID, number: int | None) -> tuple[ModelDocument, Version | None, dict]:
    """The document, the version (None: the draft), and the text of what was asked for."""
    model_document = load(request, uuid)
    if number is None:
        return model_document, None, state.current_tree(model_document.document)
    version = load_version(model_document, number)
    return model_document, version, version.content


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, uuid: UUID, form: str, number: int | None = None) -> HttpResponse:
    """The file, always as an attachment."""
    model_document, version, tree = _load(request, uuid, number)
    if form not in FORMS:
        raise Http404
    write, content_type = FORMS[form]
    made = edition(model_document, version, tree)
    response = HttpResponse(write(made), content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, made.file_name(form)) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@login_required
@require_safe
def print_view(request: HttpRequest, uuid: UUID, number: int | None = None) -> HttpResponse:
    """The text alone, as it will stand on paper."""
    model_document, version, tree = _load(request, uuid, number)
    made = edition(model_document, version, tree, with_images=False)
    return render(
        request,
        "wagtail_cse/modeldocs/modeldocument_print.html",
        {
            "model_document": model_document,
            "edition": made,
            "version": version,
            "text": tree_html(model_document.document, tree),
            "direction": direction(made.language),
        },
    )
