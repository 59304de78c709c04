"""Name, dates, stage, end, archive, reopening."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wagtail_cse.access.actions import RenameSpace, SetReadOnly
from wagtail_cse.access.actors import Actor
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import AlreadyDone, Invalid

from .. import history, page_models, policies, signals, stages
from ..models import Partnership, Stage, StageDate


class PartnershipAction(Action[Partnership]):
    """Lock, look again, let only coordinators in; tells the rest of the site on commit.

    `revision` is what the form was made from (None: not checked). Raises `Stale`, `NotAllowed` or `Http404`.
    """

    #: Whether it may happen while the partnership is ended or archived.
    when_closed: ClassVar[bool] = False

    def __init__(self, *, actor: Actor, partnership: Partnership, revision: int | None = None):
        self.actor = actor
        self.partnership = partnership
        self.revision = revision

    def check(self) -> None:
        self.partnership = policies.locked(self.partnership)
        policies.require_coordinator(self.actor.user, self.partnership)
        self.check_done()
        policies.locked(self.partnership, revision=self.revision)
        if not self.when_closed:
            policies.require_open(self.partnership)
        self.check_input()

    def check_done(self) -> None:
        """Raise `AlreadyDone` when the state asked for is there: the same form arrived twice."""

    def check_input(self) -> None:
        """Raise `Invalid` when the input cannot be accepted."""

    def save(self, *fields: str) -> Partnership:
        self.partnership.revision += 1
        self.partnership.save(update_fields=[*fields, "revision"])
        return self.partnership

    def committed(self, result: Partnership) -> None:
        signals.partnership_changed.send(Partnership, partnership=result)


class ChangePartnership(PartnershipAction):
    """Change name, goal or dates; what is None stays. New dates stretch the plan of stages anew.

    `titles` are names in other languages, by language code. A workspace page that carried the old name gets the new
    one; a name of its own in its language stays unless `titles` says otherwise.
    """

    name = "partnerships.change"

    def __init__(
        self,
        *,
        title: str | None = None,
        titles: Mapping[str, str] | None = None,
        goal: str | None = None,
        starts: dt.date | None = None,
        ends: dt.date | None = None,
        **kwargs: Any,
    ):
        super().__init__(**kwargs)
        self.title = None if title is None else " ".join(title.split())
        self.titles = {language: " ".join(text.split()) for language, text in (titles or {}).items()}
        self.goal = None if goal is None else goal.strip()
        self.starts = starts
        self.ends = ends

    def check_input(self) -> None:
        self.before = self.partnership.title
        self.was = (self.partnership.goal, self.partnership.starts, self.partnership.ends)
        if self.title == "":
            raise Invalid(_("Give the partnership a name."))
        if (self.ends or self.partnership.ends) <= (self.starts or self.partnership.starts):
            raise Invalid(_("The last day must come after the first."))

    def write(self) -> Partnership:
        partnership = self.partnership
        for field in ("title", "goal", "starts", "ends"):
            value = getattr(self, field)
            if value is not None:
                setattr(partnership, field, value)
        if partnership.goal != self.was[0]:
            partnership.goal_language = get_language() or ""
        if (partnership.starts, partnership.ends) != self.was[1:]:
            partnership.stage_dates.all().delete()
            StageDate.objects.bulk_create(
                StageDate(partnership=partnership, stage=stage, starts=first, ends=last)
                for stage, first, last in stages.plan(partnership.starts, partnership.ends)
            )
        if partnership.title != self.before:
            RenameSpace(actor=None, space=partnership.space, title=partnership.title).execute()
        page_models.rename(partnership, self.before, self.titles, self.actor.user)
        return self.save("title", "goal", "goal_language", "starts", "ends")

    def log(self, result: Partnership) -> None:
        if result.title != self.before:
            history.record("rename", result, self.actor, before=self.before, title=result.title)
        if (result.goal, result.starts, result.ends) != self.was:
            history.record("change", result, self.actor)


class RenamePartnership(ChangePartnership):
    """Give the partnership another name, and perhaps names in other languages."""

    name = "partnerships.rename"

    def __init__(self, *, title: str, titles: Mapping[str, str] | None = None, **kwargs: Any):
        super().__init__(title=title, titles=titles, **kwargs)


class SetStage(PartnershipAction):
    """Say in which stage the partnership is."""

    name = "partnerships.stage"

    def __init__(self, *, stage: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.stage = stage

    def check_done(self) -> None:
        if self.partnership.stage == self.stage:
            raise AlreadyDone(_("The partnership is already in this stage."))

    def check_input(self) -> None:
        if self.stage not in Stage.values:
            raise Invalid(_("Choose a stage."))

    def write(self) -> Partnership:
        self.partnership.stage = self.stage
        return self.save("stage")

    def log(self, result: Partnership) -> None:
        history.record("stage", result, self.actor, stage=self.stage)


class EndPartnership(PartnershipAction):
    """Everything stays readable for its people; nobody writes any more."""

    name = "partnerships.end"

    def check_done(self) -> None:
        if self.partnership.status != Partnership.Status.ACTIVE:
            raise AlreadyDone(_("This partnership has already ended."))

    def write(self) -> Partnership:
        self.partnership.status = Partnership.Status.ENDED
        self.partnership.ended_at = timezone.now()
        SetReadOnly(actor=None, space=self.partnership.space, read_only=True).execute()
        return self.save("status", "ended_at")

    def log(self, result: Partnership) -> None:
        history.record("end", result, self.actor)


class ArchivePartnership(PartnershipAction):
    """Put an ended partnership away: it leaves the list of what is running."""

    name = "partnerships.archive"
    when_closed = True

    def check_done(self) -> None:
        if self.partnership.status == Partnership.Status.ARCHIVED:
            raise AlreadyDone(_("This partnership is already archived."))

    def check_input(self) -> None:
        if self.partnership.status != Partnership.Status.ENDED:
            raise Invalid(_("End the partnership first; then it can be archived."))

    def write(self) -> Partnership:
        self.partnership.status = Partnership.Status.ARCHIVED
        self.partnership.archived_at = timezone.now()
        return self.save("status", "archived_at")

    def log(self, result: Partnership) -> None:
        history.record("archive", result, self.actor)


class Reopen(PartnershipAction):
    """Make an ended or archived partnership writable again, with the rights it had."""

    name = "partnerships.reopen"
    when_closed = True

    def check_done(self) -> None:
        if self.partnership.status == Partnership.Status.ACTIVE:
            raise AlreadyDone(_("This partnership is open."))

    def write(self) -> Partnership:
        self.partnership.status = Partnership.Status.ACTIVE
        self.partnership.ended_at = self.partnership.archived_at = None
        SetReadOnly(actor=None, space=self.partnership.space, read_only=False).execute()
        return self.save("status", "ended_at", "archived_at")

    def log(self, result: Partnership) -> None:
        history.record("reopen", result, self.actor)
