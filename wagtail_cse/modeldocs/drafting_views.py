"""Screens around the draft: list, start, import, rename, write, read."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from wagtail_cse.access.acting import actor as acting_as
from wagtail_cse.access.loaders import get_for
from wagtail_cse.access.policies import verbs
from wagtail_cse.coedit import state
from wagtail_cse.coedit.editor import editor_context
from wagtail_cse.core.exceptions import CseError, NotAllowed
from wagtail_cse.partnerships import page_models
from wagtail_cse.partnerships.models import Partnership
from wagtail_cse.partnerships.tabs import workspace_url
from wagtail_cse.partnerships.views.workspace import shell_context

from . import importing, languages
from .checklist import before_signing
from .drafting import ImportModelDocument, RenameModelDocument, StartModelDocument
from .drafting_forms import ImportForm, RenameForm, StartForm
from .models import ModelDocument
from .rendering import tree_html
from .workspace import document_rows


def load(request: HttpRequest, uuid: UUID, verb: str = "view") -> ModelDocument:
    """The model document with its text, Space and partnership; 404 outside, 403 inside."""
    return get_for(request.user, verb, ModelDocument.objects.with_document(), uuid=uuid)


def workspace_name(partnership: Partnership) -> str:
    """The partnership's name in the reader's language, as its workspace page has it."""
    return page_models.titles([partnership], get_language() or "").get(partnership.pk, partnership.title)


def crumbs(model_document: ModelDocument, *more: dict[str, str]) -> list[dict[str, str]]:
    """The way here: workspace, document, and what comes after it."""
    partnership = model_document.partnership
    return [
        {"label": workspace_name(partnership), "url": workspace_url(partnership)},
        {
            "label": model_document.document.title,
            "url": reverse("cse_modeldocs:edit", args=[model_document.uuid]),
            "language": model_document.document.language,
        },
        *more,
    ]


@never_cache
@login_required
@require_safe
def document_list(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """All model documents of one partnership, as a part of its workspace."""
    found = get_for(request.user, "view", Partnership.objects.with_partners().with_stages(), uuid=partnership)
    context = shell_context(request, found, "documents")
    rows = document_rows([found], request.user)
    return render(
        request,
        "wagtail_cse/modeldocs/modeldocument_list.html",
        {**context, "documents": rows, "may_change": "change" in context["verbs"]},
    )


#: Builds the form for a partnership, and what a valid form does.
Maker = Callable[[Partnership], tuple[Form, Callable[[Form], ModelDocument]]]


def _made(request: HttpRequest, partnership: UUID, make: Maker, name: str) -> HttpResponse:
    """A form that makes a document: shown, refused with everything that was typed, or done."""
    found = get_for(request.user, "change", Partnership.objects.with_partners(), uuid=partnership)
    form, act = make(found)
    if request.method == "POST" and form.is_valid():
        try:
            model_document = act(form)
        except NotAllowed:
            raise
        except CseError as error:
            form.add_error(_field_of(error, form), error.message)
        else:
            if model_document.import_report or name == "import":
                return redirect("cse_modeldocs:imported", uuid=model_document.uuid)
            return redirect("cse_modeldocs:edit", uuid=model_document.uuid)
    return render(
        request,
        f"wagtail_cse/modeldocs/modeldocument_{name}.html",
        {
            "form": form,
            "partnership": found,
            "workspace_url": workspace_url(found),
            "workspace_name": workspace_name(found),
        },
        status=422 if form.errors else 200,
    )


def _field_of(error: CseError, form: Form) -> str | None:
    """The field beside which a domain error stands; errors about the file belong to the file."""
    if error.code in form.fields:
        return error.code
    return "file" if "file" in form.fields and error.code != "size" else None


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Start a document from a template."""

    def make(found: Partnership) -> tuple[Form, Callable[[Form], ModelDocument]]:
        form = StartForm(request.POST or None, language=get_language() or "")
        return form, lambda valid: StartModelDocument(
            actor=acting_as(request), partnership=found, **valid.cleaned_data
        ).execute()

    return _made(request, partnership, make, "start")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def import_document(request: HttpRequest, partnership: UUID) -> HttpResponse:
    """Make a document out of a file."""

    def make(found: Partnership) -> tuple[Form, Callable[[Form], ModelDocument]]:
        form = ImportForm(request.POST or None, request.FILES or None)

        def act(valid: Form) -> ModelDocument:
            data = dict(valid.cleaned_data)
            upload = data.pop("file")
            return ImportModelDocument(actor=acting_as(request), partnership=found, upload=upload, **data).execute()

        return form, act

    return _made(request, partnership, make, "import")


@never_cache
@login_required
@require_safe
def imported(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the import made of the file: what was left out, and the text."""
    model_document = load(request, uuid)
    text = tree_html(model_document.document, state.current_tree(model_document.document))
    return render(
        request,
        "wagtail_cse/modeldocs/modeldocument_imported.html",
        {
            "model_document": model_document,
            "crumbs": crumbs(model_document),
            "left_out": importing.sentences(model_document.import_report),
            "text": text,
            "language_name": languages.translated_name(model_document.document.language),
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def rename(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Title and language of the draft."""
    model_document = load(request, uuid, "change")
    document = model_document.document
    initial = {"title": document.title, "language": document.language, "seen_title": document.title}
    form = RenameForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            RenameModelDocument(
                actor=acting_as(request), model_document=model_document, **form.cleaned_data
            ).execute()
        except NotAllowed:
            raise
        except CseError as error:
            form.add_error(error.code if error.code in form.fields else None, error.message)
            # What was typed stays; the next try is made against the title that stands there now.
            form.data = {
                **form.data.dict(),
                "seen_title": ModelDocument.objects.get(pk=model_document.pk).document.title,
            }
        else:
            messages.success(request, _("Title and language are saved."))
            return redirect("cse_modeldocs:edit", uuid=model_document.uuid)
    return render(
        request,
        "wagtail_cse/modeldocs/modeldocument_rename.html",
        {"form": form, "model_document": model_document, "crumbs": crumbs(model_document)},
        status=422 if form.errors else 200,
    )


@never_cache
@login_required
@require_safe
def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write together. Who may only read is led to the reading page."""
    model_document = load(request, uuid)
    held = verbs(request.user, model_document)
    if "comment" not in held:
        return redirect("cse_modeldocs:read", uuid=model_document.uuid)
    document = model_document.document
    context = editor_context(
        request,
        document,
        verbs=held,
        kicker=kicker(document.language),
        back_url=workspace_url(model_document.partnership),
        back_label=workspace_name(model_document.partnership),
        versions_url=reverse("cse_modeldocs:versions", args=[model_document.uuid]),
        actions_template="wagtail_cse/modeldocs/modeldocument_edit_actions.html",
        side_template="wagtail_cse/modeldocs/modeldocument_edit_side.html",
    )
    return render(
        request,
        "wagtail_cse/modeldocs/modeldocument_edit.html",
        {
            **context,
            "model_document": model_document,
            "verbs": held,
            "checklist": before_signing(model_document),
            "signoff": model_document.signoffs.filter(completed_at=None, withdrawn_at=None).first(),
        },
    )


def kicker(language: str) -> str:
    """ "Model document · draft in English"."""
    return _("Model document · draft in %(language)s") % {"language": languages.translated_name(language)}


@never_cache
@login_required
@require_safe
def read(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The draft as it stands now, to read: for observers, and without JavaScript."""
    model_document = load(request, uuid)
    held = verbs(request.user, model_document)
    return render(
        request,
        "wagtail_cse/modeldocs/modeldocument_read.html",
        {
            "model_document": model_document,
            "document": model_document.document,
            "organisations": model_document.partnership.organisations.order_by("name"),
            "workspace_url": workspace_url(model_document.partnership),
            "workspace_name": workspace_name(model_document.partnership),
            "kicker": kicker(model_document.document.language),
            "text": tree_html(model_document.document, state.current_tree(model_document.document)),
            "verbs": held,
        },
    )
