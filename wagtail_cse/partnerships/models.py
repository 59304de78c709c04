"""Partnerships: two or more organisations, a private workspace, stages over some months."""

from __future__ import annotations

import uuid

import swapper
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .querysets import PartnershipQuerySet


class Stage(models.TextChoices):
    OPENING = "opening", _("Opening")
    VISIT_1 = "visit1", _("First visit")
    DRAFT = "draft", _("Draft")
    VISIT_2 = "visit2", _("Second visit")
    TEST = "test", _("Test with readers")
    SIGNOFF = "signoff", _("Sign-off")
    CLOSING = "closing", _("Closing")


class Partnership(models.Model):
    """What two or more organisations do together; exists once, its workspace pages once per language."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        ENDED = "ended", _("Ended")
        ARCHIVED = "archived", _("Archived")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    title = models.CharField(_("name"), max_length=150)
    goal = models.TextField(_("what you want to solve together"), blank=True, max_length=1000)
    #: BCP 47 tag of the language in which the goal was written.
    goal_language = models.CharField(max_length=15, blank=True, editable=False)
    space = models.OneToOneField("cse_access.Space", models.PROTECT, related_name="partnership", editable=False)
    organisations = models.ManyToManyField("cse_members.Organisation", through="Partner", related_name="partnerships")
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.ACTIVE)
    stage = models.CharField(_("stage"), max_length=8, choices=Stage.choices, default=Stage.OPENING)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))
    ended_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    #: Grows by one with every change of name, goal, dates, stage or status; a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1, editable=False)
    #: The workspace page in the site's main language; its translations share the Space.
    page = models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"),
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="cse_partnerships_period"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether people may write in it."""
        return self.status == self.Status.ACTIVE


class Partner(models.Model):
    """One organisation's part in one partnership."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey("cse_members.Organisation", models.PROTECT, related_name="partner_in")
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            models.UniqueConstraint(fields=["partnership", "organisation"], name="cse_partnerships_partner_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.partnership}"


class StageDate(models.Model):
    """When a stage is planned; made from the template when the partnership starts."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="stage_dates")
    stage = models.CharField(max_length=8, choices=Stage.choices)
    starts = models.DateField(_("from"))
    ends = models.DateField(_("until"))

    class Meta:
        verbose_name = _("date of a stage")
        verbose_name_plural = _("dates of stages")
        ordering = ["starts", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "stage"], name="cse_partnerships_stage_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="cse_partnerships_stage_period"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership} · {self.stage}"
