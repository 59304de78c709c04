"""Starting a partnership: Space, rights, dates and page in one transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail_cse.access.actions import CreateSpace
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.roles import Role, Visibility
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed
from wagtail_cse.members.accounts import person_name
from wagtail_cse.members.models import Organisation, Seat

from .. import history, mails, page_models, policies, signals, stages
from ..models import Partner, Partnership, StageDate
from .people import give


class StartPartnership(Action[Partnership]):
    """The secretariat starts a partnership of two or more organisations.

    `people` maps each organisation to its people and their roles: `{organisation: {user: role}}`; each organisation
    needs at least one coordinator. `language` is that of `goal` (default: the active one). `key`, when given, becomes
    the partnership's uuid: a form sent twice starts one.

    Raises `NotAllowed`, `Invalid` (with the sentence for the form) or `AlreadyDone`.
    """

    name = "partnerships.start"

    def __init__(
        self,
        *,
        actor: Actor,
        title: str,
        organisations: Sequence[Organisation],
        people: Mapping[Organisation, Mapping[Any, str]],
        starts: dt.date,
        ends: dt.date | None = None,
        goal: str = "",
        language: str = "",
        key: UUID | None = None,
    ):
        self.actor = actor
        self.title = " ".join(title.split())
        self.goal = goal.strip()
        self.language = language or get_language() or ""
        self.organisations = list(dict.fromkeys(organisations))
        self.people = people
        self.starts = starts
        self.ends = ends or stages.six_months_from(starts)
        self.key = key

    def check(self) -> None:
        if not policies.may_start(self.actor.user):
            raise NotAllowed(_("Only the network secretariat starts partnerships."))
        if self.key and Partnership.objects.filter(uuid=self.key).exists():
            raise AlreadyDone(_("This partnership has already been started."))
        if not self.title:
            raise Invalid(_("Give the partnership a name."))
        if self.ends <= self.starts:
            raise Invalid(_("The last day must come after the first."))
        self._check_organisations()
        self._check_people()

    def _check_organisations(self) -> None:
        if len(self.organisations) < 2:
            raise Invalid(_("A partnership needs two or more organisations."))
        pks = [organisation.pk for organisation in self.organisations]
        members = set(Organisation.objects.members().filter(pk__in=pks).values_list("pk", flat=True))
        for organisation in self.organisations:
            if organisation.pk not in members:
                raise Invalid(
                    _("%(organisation)s is not a member of the network at the moment.")
                    % {"organisation": organisation}
                )

    def _check_people(self) -> None:
        seats: set[tuple[int, Any]] = set(
            Seat.objects.valid()
            .filter(party__in=[organisation.pk for organisation in self.organisations])
            .values_list("party_id", "user_id")
        )
        for organisation in self.organisations:
            roles = self.people.get(organisation, {})
            for user, role in roles.items():
                if role not in Role.values:
                    raise Invalid(_("Choose a role."))
                if (organisation.pk, user.pk) not in seats:
                    raise Invalid(
                        _("%(person)s has no seat in %(organisation)s any more.")
                        % {"person": person_name(user), "organisation": organisation}
                    )
            if Role.COORDINATOR not in roles.values():
                raise Invalid(
                    _("Choose at least one coordinator of %(organisation)s.") % {"organisation": organisation}
                )

    def write(self) -> Partnership:
        space = CreateSpace(actor=None, kind="partnership", title=self.title, visibility=Visibility.MEMBERS).execute()
        partnership = Partnership(
            title=self.title,
            goal=self.goal,
            goal_language=self.language,
            space=space,
            starts=self.starts,
            ends=self.ends,
            created_by=self.actor.user,
        )
        if self.key:
            partnership.uuid = self.key
        partnership.save()
        for organisation in self.organisations:
            Partner.objects.create(partnership=partnership, organisation=organisation)
            for user, role in self.people[organisation].items():
                give(partnership, organisation, user, role, by=self.actor)
        StageDate.objects.bulk_create(
            StageDate(partnership=partnership, stage=stage, starts=first, ends=last)
            for stage, first, last in stages.plan(self.starts, self.ends)
        )
        partnership.page = page_models.create(partnership, self.actor.user)
        partnership.save(update_fields=["page"])
        return partnership

    def log(self, result: Partnership) -> None:
        history.record("start", result, self.actor, title=result.title)

    def committed(self, result: Partnership) -> None:
        signals.partnership_started.send(Partnership, partnership=result)
        for organisation in self.organisations:
            for user, role in self.people[organisation].items():
                mails.tell("partnership_started", user, result, organisation, role)
