"""Whose turn it is in the sign-offs of some partnerships."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail_cse.members.models import Mandate
from wagtail_cse.partnerships.next_steps import WAIT, NextStep, Reader

from .models import Publication, SignOff

if TYPE_CHECKING:
    from wagtail_cse.partnerships.models import Partnership


def next_steps(partnerships: Sequence[Partnership], reader: Reader) -> Iterable[NextStep]:
    """Sign, wait for a signature, or publish what is signed: four queries, however many partnerships."""
    by_pk = {partnership.pk: partnership for partnership in partnerships}
    published = Publication.objects.filter(signoff=OuterRef("pk"))
    signoffs = list(
        SignOff.objects.filter(model_document__partnership__in=by_pk, withdrawn_at=None)
        .annotate(is_published=Exists(published))
        .filter(is_published=False)
        .select_related("version", "model_document")
        .prefetch_related("organisations", "signatures")
        .order_by("opened_at", "pk")
    )
    if not signoffs:
        return
    mandated = set(
        Mandate.objects.valid()
        .filter(user_id=reader.user.pk, purpose="sign")
        .values_list("organisation_id", flat=True)
    )
    for signoff in signoffs:
        partnership = by_pk[signoff.model_document.partnership_id]
        step = (
            _publish(signoff, partnership, reader)
            if signoff.completed_at
            else _sign(signoff, partnership, reader, mandated)
        )
        if step is not None:
            yield step


def _publish(signoff: SignOff, partnership: Partnership, reader: Reader) -> NextStep | None:
    if not reader.may("publish", partnership):
        return None
    mine = reader.acts_for(partnership)
    return NextStep(
        partnership,
        _("Publish version %(number)d of “%(title)s”") % _words(signoff),
        who=mine.name if mine else "",
        meta=_("All partners have signed."),
        url=reverse("cse_modeldocs:publish", args=[signoff.uuid]),
        action=_("See what becomes public"),
        rank=20,
    )


def _sign(signoff: SignOff, partnership: Partnership, reader: Reader, mandated: set[int]) -> NextStep:
    signed = {signature.organisation_id for signature in signoff.signatures.all()}
    waiting = [organisation for organisation in signoff.organisations.all() if organisation.pk not in signed]
    mine = next((o for o in waiting if o.pk in reader.parties and o.pk in mandated), None)
    url = reverse("cse_modeldocs:signoff", args=[signoff.uuid])
    if mine is not None:
        return NextStep(
            partnership,
            _("Sign version %(number)d of “%(title)s”") % _words(signoff),
            who=mine.name,
            meta=_("You hold the mandate to sign for your organisation."),
            url=url,
            action=_("Read and sign"),
            rank=10,
        )
    return NextStep(
        partnership,
        _("Version %(number)d of “%(title)s” is being signed") % _words(signoff),
        state=WAIT,
        who=", ".join(organisation.name for organisation in waiting),
        url=url,
        action=_("See who has signed"),
        rank=10,
    )


def _words(signoff: SignOff) -> dict[str, Any]:
    return {"number": signoff.version.number, "title": signoff.version.title}
