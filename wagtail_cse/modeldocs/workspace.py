"""Model documents on the workspace page: the list, its tab, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wagtail_cse.access.policies import verbs
from wagtail_cse.partnerships.next_steps import NextStep, Reader
from wagtail_cse.partnerships.tabs import Tab

from .models import ModelDocument, Publication, SignOff

if TYPE_CHECKING:
    from wagtail_cse.partnerships.models import Partnership


@dataclass(frozen=True, slots=True)
class Row:
    """One document in the list. `url` leads where this reader works with it; `signing` says who has signed."""

    model_document: ModelDocument
    url: str
    versions_url: str
    may_write: bool
    signing: str
    signing_url: str


def document_rows(partnerships: Sequence[Partnership], user: Any) -> list[Row]:
    """The documents of these partnerships, newest change first; three queries, however many there are."""
    documents = list(
        ModelDocument.objects.filter(partnership__in=partnerships)
        .permitted(user, "view")
        .with_document()
        .with_last_version()
        .newest_first()
    )
    held = {one.pk: verbs(user, one.space) for one in partnerships}
    signoffs = _latest_signoffs(documents)
    return [_row(one, held.get(one.partnership_id, frozenset()), signoffs.get(one.pk)) for one in documents]


def _latest_signoffs(documents: list[ModelDocument]) -> dict[int, SignOff]:
    rows = (
        SignOff.objects.filter(model_document__in=documents, withdrawn_at=None)
        .select_related("version")
        .annotate(signed=Count("signatures", distinct=True), asked=Count("organisations", distinct=True))
        .order_by("opened_at", "pk")
    )
    return {row.model_document_id: row for row in rows}


def _row(model_document: ModelDocument, held: frozenset[str], signoff: Any) -> Row:
    works = "comment" in held
    return Row(
        model_document=model_document,
        url=reverse(f"cse_modeldocs:{'edit' if works else 'read'}", args=[model_document.uuid]),
        versions_url=reverse("cse_modeldocs:versions", args=[model_document.uuid]),
        may_write="change" in held,
        signing=_signing(signoff),
        signing_url=reverse("cse_modeldocs:signoff", args=[signoff.uuid]) if signoff else "",
    )


def _signing(signoff: Any) -> str:
    if signoff is None:
        return _("Not signed by anyone yet")
    values = {"number": signoff.version.number, "signed": signoff.signed, "asked": signoff.asked}
    if signoff.completed_at:
        return _("Version %(number)d is signed by all partners") % values
    return (
        ngettext(
            "Version %(number)d: %(signed)d of %(asked)d partner has signed",
            "Version %(number)d: %(signed)d of %(asked)d partners have signed",
            signoff.asked,
        )
        % values
    )


def slot_context(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """For the slot `workspace_main`."""
    request, partnership = context.get("request"), context.get("partnership")
    if request is None or partnership is None:
        return None
    return {
        "documents": document_rows([partnership], request.user),
        "may_change": "change" in (context.get("verbs") or ()),
    }


def tab(partnership: Partnership, reader: Reader) -> Tab:
    return Tab("documents", _("Model document"), reverse("cse_modeldocs:list", args=[partnership.uuid]))


def next_steps(partnerships: Sequence[Partnership], reader: Reader) -> Iterable[NextStep]:
    """A partnership without a document: whoever may write can begin."""
    begun = set(
        ModelDocument.objects.filter(partnership__in=partnerships).values_list("partnership_id", flat=True).distinct()
    )
    for partnership in partnerships:
        if partnership.pk not in begun and reader.may("change", partnership):
            mine = reader.acts_for(partnership)
            yield NextStep(
                partnership,
                _("Start the model document"),
                who=mine.name if mine else "",
                meta=_("Begin with nine headings, or bring a text that you have already."),
                url=reverse("cse_modeldocs:list", args=[partnership.uuid]),
                action=_("Start"),
                rank=50,
            )


def public_context(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """For the slot `workspace_public`: the pages that came out of this partnership; None while there is none."""
    partnership, request = context.get("partnership"), context.get("request")
    if partnership is None:
        return None
    newest = (
        Publication.objects.filter(model_document__partnership=partnership, page__live=True)
        .select_related("page", "signoff__version")
        .order_by("model_document", "-published_at", "-pk")
    )
    rows: dict[int, dict[str, Any]] = {}
    for publication in newest:
        if publication.model_document_id not in rows:
            version = publication.signoff.version
            rows[publication.model_document_id] = {
                "title": version.title,
                "language": version.language,
                "number": version.number,
                "url": publication.page.get_url(request),
                "when": publication.published_at,
            }
    return {"published": list(rows.values())} if rows else None
