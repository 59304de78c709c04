"""One section as a form, for browsers without JavaScript."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render as render_page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wagtail_cse.access import acting
from wagtail_cse.access.loaders import get_for
from wagtail_cse.core.exceptions import Invalid, NotAllowed, Stale

from .. import markup, merging, render, schema, state, tree
from ..actions.sections import MAX_TEXT, Conflicting, SaveSection
from ..models import Document
from .reading import direction, image_urls


class SectionForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Text of this section"),
        required=False,
        strip=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 18, "class": "cse-input"}),
    )
    base = forms.IntegerField(widget=forms.HiddenInput)


@never_cache
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """`?section=<bid of its heading>`; without it what stands before the first heading."""
    document = get_for(request.user, "change" if request.method == "GET" else "view", Document, uuid=key)
    bid = request.GET.get("section", "")
    if bid and not schema.BID.match(bid):
        raise Http404
    if request.method == "POST":
        return _save(request, document, bid)
    loaded = state.read(document.pk)
    now = tree.from_doc(loaded.doc())
    place = merging.section(now, bid)
    if place is None:
        raise Http404
    text = markup.join(markup.write(now["content"][slice(*place)]))
    form = SectionForm(initial={"text": text, "base": loaded.seq})
    return _page(request, document, bid, form)


def _save(request: HttpRequest, document: Document, bid: str) -> HttpResponse:
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _page(request, document, bid, form, status=400)
    try:
        saved = SaveSection(
            actor=acting.actor(request),
            document=document,
            bid=bid,
            text=form.cleaned_data["text"],
            base=form.cleaned_data["base"],
        ).execute()
    except Conflicting as error:
        again = SectionForm(initial={"text": markup.join(markup.write(error.blocks)), "base": error.seq})
        return _page(request, document, bid, again, error=error, status=409)
    except (Stale, NotAllowed, Invalid) as error:
        # What was typed is still there.
        status = 403 if isinstance(error, NotAllowed) else 409
        return _page(request, document, bid, form, error=error, status=status)
    if saved.merged:
        messages.success(request, _("Saved. Others had changed this section too: both are in it now."))
    else:
        messages.success(request, _("Saved."))
    return HttpResponseRedirect(
        f"{reverse('cse_coedit:text', args=[document.uuid])}#{render.anchor(bid) if bid else ''}"
    )


def _page(
    request: HttpRequest, document: Document, bid: str, form: forms.Form, *, error: Any = None, status: int = 200
) -> HttpResponse:
    now = state.current_tree(document)
    heading = next((block for block in now["content"] if block["attrs"]["bid"] == bid), None)
    conflicts = [_both(document, conflict) for conflict in getattr(error, "conflicts", ())]
    return render_page(
        request,
        "wagtail_cse/coedit/document_section.html",
        {
            "document": document,
            "dir": direction(document.language),
            "heading": render.flat_text(heading) if heading else "",
            "form": form,
            "error": error.message if error is not None else "",
            "conflicts": conflicts,
        },
        status=status,
    )


def _both(document: Document, conflict: merging.Conflict) -> dict[str, str]:
    urls = image_urls(document)
    return {
        "mine": render.to_html(conflict.mine, urls) if conflict.mine else "",
        "theirs": render.to_html(conflict.theirs, urls) if conflict.theirs else "",
    }
