"""One function per chapter of the demo's story; each uses the actions behind the screens."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.utils import timezone, translation
from wagtail.models import Locale

from sandbox.home.languages import make_home_pages
from wagtail_cse.access.actors import Actor
from wagtail_cse.core.preferences import SavePreferences
from wagtail_cse.languages.actions import AppointTranslator
from wagtail_cse.members.accounts import find_by_email
from wagtail_cse.members.actions import (
    AcceptInvitation,
    CreateOrganisation,
    GiveMandate,
    InviteRepresentative,
    SaveProfile,
)
from wagtail_cse.members.models import Organisation
from wagtail_cse.modeldocs.drafting import ImportModelDocument
from wagtail_cse.modeldocs.models import ModelDocument, SignOff
from wagtail_cse.modeldocs.publication import Publish
from wagtail_cse.modeldocs.signing import OpenSignOff, Sign
from wagtail_cse.pages.actions import AppointSecretary, SetUpNetwork
from wagtail_cse.partnerships.actions import RenamePartnership, SetStage, StartPartnership
from wagtail_cse.partnerships.models import Partnership

from . import comments, drawing, translated
from .content import ADMINISTRATOR, COMMENTS, ORGANISATIONS, PARTNERSHIPS, PASSWORD, SECRETARIAT, TRANSLATOR

TEXTS = Path(__file__).parent / "texts"


def load_all() -> None:
    with translation.override("en"):
        make_home_pages()
        secretary = make_secretary()
        SetUpNetwork(actor=secretary).execute()
        organisations = {key: make_organisation(key, secretary) for key in ORGANISATIONS}
        partnerships = {key: start_partnership(key, organisations, secretary) for key in PARTNERSHIPS}
        drafting = import_text(partnerships["chair"], "second-chair.en.html", acting("elif@example.org"))
        comments.write(drafting.document, COMMENTS, acting)
        sign_one_of_two(import_text(partnerships["table"], "forty-donors.en.html", acting("hatice@example.org")))
        table = import_text(partnerships["table"], "long-table.en.html", acting("nikos@example.org"))
        publish(sign_all(table))
        appoint_translator(secretary)
        translated.into_turkish(table, TEXTS, acting(TRANSLATOR["email"]))


def acting(email: str) -> Actor:
    """The person, acting for the organisation that he belongs to."""
    user = find_by_email(email)
    return Actor(user, user.cse_parties.first())


def account(who: dict[str, str], **fields: Any) -> Any:
    """An account that the people of the site made by hand."""
    first, _space, last = who["name"].partition(" ")
    users = get_user_model()
    return users.objects.create_user(who["email"], who["email"], PASSWORD, first_name=first, last_name=last, **fields)


def make_secretary() -> Actor:
    account(ADMINISTRATOR, is_staff=True, is_superuser=True)
    user = account(SECRETARIAT)
    AppointSecretary(actor=None, email=SECRETARIAT["email"]).execute()
    SavePreferences(user=user, language=SECRETARIAT["language"]).execute()
    return Actor(user)


def make_organisation(key: str, secretary: Actor) -> Organisation:
    facts = ORGANISATIONS[key]
    organisation = CreateOrganisation(
        actor=secretary,
        **{
            name: facts[name]
            for name in ("name", "side", "country", "kind", "city", "registry_number", "website", "languages")
        },
    ).execute()
    for person in facts["people"]:
        take_a_seat(organisation, person, secretary)
    owner = acting(facts["people"][0]["email"])
    for language, (intro, offers, needs) in facts["texts"].items():
        SaveProfile(
            actor=owner,
            organisation=organisation,
            language=language,
            texts={"intro": intro, "offers": offers, "needs": needs},
            base=None,
        ).execute()
    if facts["signs"]:
        email, function = facts["signs"]
        GiveMandate(
            actor=secretary,
            organisation=organisation,
            user=find_by_email(email),
            purpose="sign",
            function=function,
            starts=timezone.localdate() - dt.timedelta(days=200),
            ends=timezone.localdate() + dt.timedelta(days=500),
        ).execute()
    return Organisation.objects.get(pk=organisation.pk)


def take_a_seat(organisation: Organisation, person: dict[str, Any], secretary: Actor) -> None:
    """Invited by mail, accepted by the link in it."""
    invite = InviteRepresentative(
        actor=secretary,
        organisation=organisation,
        email=person["email"],
        language=person["language"],
        role=person["role"],
        name=person["name"],
    )
    invite.execute()
    AcceptInvitation(token=invite._token, actor=None, person=person["name"], password=PASSWORD).execute()


def start_partnership(key: str, organisations: dict[str, Organisation], secretary: Actor) -> Partnership:
    facts = PARTNERSHIPS[key]
    members = [organisations[name] for name in facts["organisations"]]
    people: dict[Organisation, dict[Any, str]] = {organisation: {} for organisation in members}
    for name, organisation in zip(facts["organisations"], members, strict=True):
        for person in ORGANISATIONS[name]["people"]:
            people[organisation][find_by_email(person["email"])] = facts["people"][person["email"]]
    today = timezone.localdate()
    partnership = StartPartnership(
        actor=secretary,
        title=facts["title"],
        goal=facts["goal"],
        organisations=members,
        people=people,
        starts=today + dt.timedelta(days=facts["starts"]),
        ends=today + dt.timedelta(days=facts["ends"]),
    ).execute()
    coordinator = acting(ORGANISATIONS[facts["organisations"][0]]["people"][0]["email"])
    RenamePartnership(
        actor=coordinator, partnership=partnership, title=facts["title"], titles=facts["titles"]
    ).execute()
    return SetStage(actor=coordinator, partnership=partnership, stage=facts["stage"]).execute()


def import_text(partnership: Partnership, file: str, actor: Actor) -> ModelDocument:
    page = (TEXTS / file).read_text(encoding="utf-8").replace("IMAGE", drawing.long_table())
    upload = ContentFile(page.encode(), name=file)
    return ImportModelDocument(actor=actor, partnership=partnership, upload=upload).execute()


def open_signoff(model_document: ModelDocument) -> SignOff:
    coordinator = acting("hatice@example.org")
    model_document.document.refresh_from_db()
    return OpenSignOff(
        actor=coordinator,
        model_document=model_document,
        version_name="For signing",
        seen_head=model_document.document.head,
    ).execute()


def sign_one_of_two(model_document: ModelDocument) -> None:
    signoff = open_signoff(model_document)
    Sign(actor=acting("nikos@example.org"), signoff=signoff, sha256=signoff.version.sha256).execute()


def sign_all(model_document: ModelDocument) -> SignOff:
    signoff = open_signoff(model_document)
    for email in ("hatice@example.org", "nikos@example.org"):
        Sign(actor=acting(email), signoff=signoff, sha256=signoff.version.sha256).execute()
    return SignOff.objects.get(pk=signoff.pk)


def publish(signoff: SignOff) -> None:
    Publish(
        actor=acting("hatice@example.org"),
        signoff=signoff,
        licence="cc-by-sa-4.0",
        summary="A kitchen in Gaziantep and one in Thessaloniki: how guests became cooks, what it costs, and why "
        "telephones stay at the door.",
    ).execute()


def appoint_translator(secretary: Actor) -> None:
    user = account(TRANSLATOR)
    SavePreferences(user=user, language=TRANSLATOR["language"]).execute()
    AppointTranslator(actor=secretary, user=user, locale=Locale.objects.get(language_code="tr")).execute()
