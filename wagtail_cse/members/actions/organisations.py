"""Admit and change organisations."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from wagtail_cse.access import parties
from wagtail_cse.access.actions import CreateSpace, RenameSpace
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.models import new_key
from wagtail_cse.access.network import is_secretariat
from wagtail_cse.access.roles import Visibility
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, Invalid

from ..models import Organisation, Side
from ..names import initials_of, new_slug, next_mark
from ..places import side_of
from ..profiles import make_profile, profiles_of
from ..signals import organisation_changed
from .base import OrganisationAction, record, require_secretariat
from .suspension import ReactivateOrganisation, SuspendOrganisation

__all__ = ["CreateOrganisation", "ReactivateOrganisation", "SuspendOrganisation", "UpdateOrganisation"]


def check_facts(
    *, name: str, side: str, country: str, registry_number: str, instance: Organisation | None = None
) -> None:
    """Raise `Invalid` unless the facts fit together and no other organisation has them."""
    if not name.strip():
        raise Invalid(gettext("Write the name of the organisation."), code="name")
    if side_of(country) != side:
        raise Invalid(wrong_side(side), code="side")
    others = Organisation.objects.exclude(pk=instance.pk if instance else None)
    if registry_number and others.filter(country=country, registry_number=registry_number).exists():
        raise Invalid(
            gettext("Another organisation in this country already has this registry number."), code="registry_number"
        )


def wrong_side(side: str) -> str:
    """Why a country does not fit the side."""
    return {
        "tr": gettext("The side “Turkey” is for organisations whose country is Turkey."),
        "eu": gettext("The side “European Union” is for organisations in a member state of the European Union."),
    }.get(side, gettext("The side “Elsewhere” is for organisations outside Turkey and the European Union."))


class CreateOrganisation(Action[Organisation]):
    """Admit an organisation: its group, its own Space, its mark, and a profile page where those are set up.

    `profile_language` is the language of the first profile page; empty: none is made. Only the secretariat.
    """

    name = "members.create_organisation"

    def __init__(
        self,
        *,
        actor: Actor,
        name: str,
        side: str,
        country: str,
        kind: str,
        city: str = "",
        registry_number: str = "",
        website: str = "",
        languages: list[str] | None = None,
        profile_language: str = "",
    ):
        self.actor = actor
        self.facts: dict[str, Any] = {
            "name": name.strip(),
            "side": side,
            "country": country,
            "kind": kind,
            "city": city.strip(),
            "registry_number": registry_number.strip(),
            "website": website,
            "languages": languages or [],
        }
        self.profile_language = profile_language

    def check(self) -> None:
        require_secretariat(self.actor)
        self._refuse_twin()
        check_facts(**{key: self.facts[key] for key in ("name", "side", "country", "registry_number")})

    def _refuse_twin(self) -> None:
        twin = Organisation.objects.filter(name__iexact=self.facts["name"], country=self.facts["country"]).first()
        if twin is None:
            return
        sentence = gettext("%(organisation)s is already here.") % {"organisation": twin.name}
        if all(str(getattr(twin, key)) == str(value) for key, value in self.facts.items()):
            raise AlreadyDone(sentence)
        raise Invalid(sentence, code="name")

    def write(self) -> Organisation:
        key = new_key()
        colour, shape = next_mark()
        space = CreateSpace(
            actor=None, kind="organisation", title=self.facts["name"], visibility=Visibility.MEMBERS
        ).execute()
        organisation = Organisation.objects.create(
            key=key,
            group=parties.create_party_group(key),
            colour=colour,
            shape=shape,
            initials=initials_of(self.facts["name"], turkish=self.facts["side"] == Side.TR),
            slug=new_slug(self.facts["name"]),
            status=Organisation.Status.MEMBER,
            admitted_at=timezone.now(),
            space=space,
            **self.facts,
        )
        if self.profile_language:
            make_profile(organisation, self.profile_language, self.actor.user)
        return organisation

    def log(self, result: Organisation) -> None:
        record("create", result, self.actor)

    def committed(self, result: Organisation) -> None:
        organisation_changed.send(Organisation, organisation_id=result.pk)


class UpdateOrganisation(OrganisationAction[Organisation]):
    """Change facts. Owners change how to reach it; what was verified at admission only the secretariat changes."""

    name = "members.update_organisation"
    #: What an owner may change without the secretariat.
    OWN = frozenset({"city", "website", "languages"})

    def __init__(self, *, actor: Actor, organisation: Organisation, **facts: Any):
        super().__init__(actor=actor, organisation=organisation)
        self.facts = facts

    def check(self) -> None:
        self.lock()
        self.require_administrator()
        if not is_secretariat(self.actor.user):
            self.facts = {key: value for key, value in self.facts.items() if key in self.OWN}
        self.changes = {
            key: value for key, value in self.facts.items() if str(getattr(self.organisation, key)) != str(value)
        }
        if not self.changes:
            raise AlreadyDone(gettext("Nothing was changed."))
        merged = {
            key: str(self.facts.get(key, getattr(self.organisation, key)))
            for key in ("name", "side", "country", "registry_number")
        }
        if self.changes.keys() & merged.keys():
            check_facts(instance=self.organisation, **merged)

    def write(self) -> Organisation:
        for key, value in self.changes.items():
            setattr(self.organisation, key, value)
        self.organisation.save()
        if "name" in self.changes:
            self._rename()
        return self.organisation

    def _rename(self) -> None:
        RenameSpace(actor=None, space=self.organisation.space, title=self.organisation.name).execute()
        for page in profiles_of(self.organisation):
            latest = page.get_latest_revision_as_object()
            latest.title = self.organisation.name
            revision = latest.save_revision(user=self.actor.user)
            if page.live:
                revision.publish(user=self.actor.user, skip_permission_checks=True)

    def log(self, result: Organisation) -> None:
        record("update", result, self.actor, fields=sorted(self.changes))

    def committed(self, result: Organisation) -> None:
        organisation_changed.send(Organisation, organisation_id=result.pk)
