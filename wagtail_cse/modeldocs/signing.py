"""Sign-off: one frozen version, one signature of every partner organisation, each on exactly the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from wagtail_cse.access.models import Space
from wagtail_cse.access.policies import can
from wagtail_cse.coedit.actions import FreezeVersion
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed, Stale
from wagtail_cse.core.people import display_name
from wagtail_cse.members.mandates import mandate_for
from wagtail_cse.members.models import Organisation

from . import signing_mail
from .models import ModelDocument, Signature, SignOff
from .verification import verify

if TYPE_CHECKING:
    from wagtail_cse.access.actors import Actor
    from wagtail_cse.members.models import Mandate


def locked_document(pk: int) -> ModelDocument:
    """The model document under lock, its Space before it: who changes rights or writes waits until we are done."""
    Space.objects.select_for_update().get(model_documents=pk)
    return (
        ModelDocument.objects.select_for_update(of=("self",))
        .select_related("document", "space__parent", "partnership")
        .get(pk=pk)
    )


def locked_signoff(signoff: SignOff) -> SignOff:
    """The sign-off under lock, Space and model document before it."""
    model_document = locked_document(signoff.model_document_id)
    locked = SignOff.objects.select_for_update(of=("self",)).select_related("version__document").get(pk=signoff.pk)
    locked.model_document = model_document
    return locked


def may_open(user: Any, model_document: ModelDocument) -> bool:
    """Coordinators put a version before the partners; whoever writes may not yet do so."""
    return can(user, "manage", model_document.space)


class OpenSignOff(Action[SignOff]):
    """Freeze the text as it is now and put it before all partner organisations.

    `seen_head` is the sequence number of the draft that the coordinator saw on the confirmation page: a text that
    changed meanwhile is not frozen behind his back (`Stale`).
    """

    name = "modeldocs.open_signoff"

    def __init__(self, *, actor: Actor, model_document: ModelDocument, version_name: str, seen_head: int):
        self.actor, self.model_document = actor, model_document
        self.version_name, self.seen_head = version_name.strip(), seen_head

    def check(self) -> None:
        self.model_document = locked_document(self.model_document.pk)
        if not can(self.actor.user, "view", self.model_document.space):
            raise Http404
        if not may_open(self.actor.user, self.model_document):
            raise NotAllowed(_("Only a coordinator of this partnership can ask for signatures."))
        if self.model_document.signoffs.filter(completed_at=None, withdrawn_at=None).exists():
            raise AlreadyDone(_("A version is already waiting for signatures. Withdraw it first if it must change."))
        document = (
            type(self.model_document.document).objects.select_for_update().get(pk=self.model_document.document_id)
        )
        if document.head != self.seen_head:
            raise Stale(
                _("Somebody wrote in the document while you were here. Please read it again before you freeze it.")
            )
        self.organisations = list(
            Organisation.objects.filter(partner_in__partnership=self.model_document.partnership_id).order_by("pk")
        )
        if len(self.organisations) < 2:
            raise Invalid(_("A sign-off needs at least two partner organisations."))

    def write(self) -> SignOff:
        version = FreezeVersion(
            actor=self.actor,
            document=self.model_document.document,
            name=self.version_name or _("For signing"),
        ).execute()
        signoff = SignOff.objects.create(
            model_document=self.model_document,
            version=version,
            opened_by=self.actor.user,
            party=self.actor.party,
        )
        signoff.organisations.set(self.organisations)
        return signoff

    def log(self, result: SignOff) -> None:
        log(
            instance=self.model_document,
            action="cse.modeldocs.open_signoff",
            user=self.actor.user,
            data={
                "version": result.version.number,
                "sha256": result.version.sha256,
                "for": str(self.actor.party or ""),
            },
        )

    def committed(self, result: SignOff) -> None:
        signing_mail.ask_for_signatures(result)


class Sign(Action[Signature]):
    """Sign for the organisation that the actor acts for.

    `sha256` is the fingerprint that stood on the signer's screen. The caller has asked for a recent sign-in.
    """

    name = "modeldocs.sign"

    def __init__(self, *, actor: Actor, signoff: SignOff, sha256: str):
        self.actor, self.signoff, self.sha256 = actor, signoff, sha256

    def check(self) -> None:
        self.signoff = locked_signoff(self.signoff)
        if not can(self.actor.user, "view", self.signoff.model_document.space):
            raise Http404
        self.mandate = mandate_to_sign(self.actor, self.signoff, lock=True)
        if self.signoff.withdrawn_at:
            raise Stale(_("This sign-off was withdrawn. Nothing was signed."))
        if self.signoff.signatures.filter(organisation=self.mandate.organisation_id).exists():
            raise AlreadyDone(_("Your organisation has already signed this version."))
        if self.sha256 != self.signoff.version.sha256:
            raise Stale(_("The page you signed from shows another text. Please open the sign-off again and read it."))
        if not verify(self.signoff).text_matches:
            raise Invalid(
                _("The stored text does not match its fingerprint. Nothing was signed; please tell the secretariat.")
            )

    def write(self) -> Signature:
        organisation = self.mandate.organisation
        signature = Signature.objects.create(
            signoff=self.signoff,
            organisation=organisation,
            user=self.actor.user,
            mandate=self.mandate,
            organisation_name=organisation.name,
            person_name=display_name(self.actor.user),
            function=self.mandate.function,
            sha256=self.sha256,
            language=get_language() or "",
            signed_at=timezone.now(),
        )
        if not self.signoff.organisations.exclude(signatures__signoff=self.signoff).exists():
            self.signoff.completed_at = signature.signed_at
            self.signoff.save(update_fields=["completed_at"])
        return signature

    def log(self, result: Signature) -> None:
        log(
            instance=self.signoff.model_document,
            action="cse.modeldocs.sign",
            user=self.actor.user,
            data={
                "version": self.signoff.version.number,
                "sha256": result.sha256,
                "for": result.organisation_name,
                "mandate": str(self.mandate.uuid),
            },
        )

    def committed(self, result: Signature) -> None:
        if self.signoff.completed_at:
            signing_mail.tell_all_signed(self.signoff)


class WithdrawSignOff(Action[SignOff]):
    """Take an open sign-off back. Signatures given so far stay, dated, on their version."""

    name = "modeldocs.withdraw_signoff"

    def __init__(self, *, actor: Actor, signoff: SignOff):
        self.actor, self.signoff = actor, signoff

    def check(self) -> None:
        self.signoff = locked_signoff(self.signoff)
        if not can(self.actor.user, "view", self.signoff.model_document.space):
            raise Http404
        if not may_open(self.actor.user, self.signoff.model_document):
            raise NotAllowed(_("Only a coordinator of this partnership can withdraw a sign-off."))
        if self.signoff.withdrawn_at:
            raise AlreadyDone(_("This sign-off is already withdrawn."))
        if self.signoff.completed_at:
            raise Invalid(_("All partners have signed this version. A signed version cannot be withdrawn."))

    def write(self) -> SignOff:
        self.signoff.withdrawn_at = timezone.now()
        self.signoff.withdrawn_by = self.actor.user
        self.signoff.save(update_fields=["withdrawn_at", "withdrawn_by"])
        return self.signoff

    def log(self, result: SignOff) -> None:
        log(
            instance=result.model_document,
            action="cse.modeldocs.withdraw_signoff",
            user=self.actor.user,
            data={"version": result.version.number, "for": str(self.actor.party or "")},
        )


def mandate_to_sign(actor: Actor, signoff: SignOff, *, lock: bool = False) -> Mandate:
    """The actor's mandate to sign this; NotAllowed, with the reason, when there is none."""
    organisation = signoff.organisations.filter(party_ptr=actor.party).first() if actor.party is not None else None
    if organisation is None:
        raise NotAllowed(_("You do not act for a partner organisation that is asked to sign this version."))
    mandate = mandate_for(actor.user, organisation, "sign", lock=lock)
    if mandate is None:
        raise NotAllowed(
            _("You have no valid mandate to sign for %(organisation)s. An owner of it can give you one.")
            % {"organisation": organisation.name}
        )
    return mandate


def what_changed_since(signoff: SignOff) -> bool:
    """Has the draft moved on since the version was frozen? The signatures stay with their version."""
    return signoff.model_document.document.head > signoff.version.seq


def mandate_line(mandate: Mandate) -> str:
    """ "Chair of the board, from 1 March 2026 to 28 February 2028" in the reader's language."""
    parts = [mandate.function] if mandate.function else []
    if mandate.ends:
        parts.append(
            _("from %(start)s to %(end)s")
            % {"start": date_format(mandate.starts, "j F Y"), "end": date_format(mandate.ends, "j F Y")}
        )
    else:
        parts.append(_("since %(start)s") % {"start": date_format(mandate.starts, "j F Y")})
    return ", ".join(parts)
