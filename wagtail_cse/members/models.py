"""Organisations, the people with a seat in them, their mandates and invitations."""

from __future__ import annotations

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from wagtail_cse.access.models import Membership, Party
from wagtail_cse.access.roles import Role

from .places import zone_of
from .querysets import InvitationQuerySet, MandateQuerySet, OrganisationQuerySet


class Side(models.TextChoices):
    TR = "tr", _("Turkey")
    EU = "eu", _("European Union")
    OTHER = "other", _("Elsewhere")


class OrganisationKind(models.TextChoices):
    ASSOCIATION = "association", _("Association")
    FOUNDATION = "foundation", _("Foundation")
    INFORMAL = "informal", _("Informal initiative")
    COMPANY = "company", _("Company")
    PUBLIC = "public", _("Public body")
    INDIVIDUAL = "individual", _("Individual")


class Organisation(Party):
    """A member or applicant: the organisation is the member, not the person."""

    class Status(models.TextChoices):
        APPLICANT = "applicant", _("Applicant")
        MEMBER = "member", _("Member")
        SUSPENDED = "suspended", _("Suspended")
        CLOSED = "closed", _("Closed")

    slug = models.SlugField(_("address"), max_length=80, unique=True, allow_unicode=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.MEMBER)
    side = models.CharField(_("side"), max_length=5, choices=Side.choices)
    country = CountryField(_("country"))
    city = models.CharField(_("town or province"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind.choices)
    registry_number = models.CharField(_("registry number"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    #: BCP 47 tags of the languages that its people work in.
    languages = models.JSONField(_("working languages"), default=list, blank=True)
    #: The organisation's own area: its coordinators are its owners.
    space = models.OneToOneField("cse_access.Space", models.PROTECT, related_name="organisation", editable=False)
    admitted_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "registry_number"],
                condition=~Q(registry_number=""),
                name="cse_members_registry_number_once",
            )
        ]

    @property
    def is_public(self) -> bool:
        """Whether anything about it may be shown outside: an admitted member, neither suspended nor closed."""
        return self.is_active and self.status == self.Status.MEMBER

    def today(self) -> dt.date:
        """The date in the organisation's own calendar, by which its mandates begin and end."""
        return timezone.localdate(timezone=zone_of(str(self.country)))


class Seat(Membership):
    """A representative: a person's seat in an organisation, and what he does there."""

    class Role(models.TextChoices):
        OWNER = "owner", _("Owner")
        REPRESENTATIVE = "representative", _("Representative")
        EDITOR = "editor", _("Editor")
        TRANSLATOR = "translator", _("Translator")

    role = models.CharField(_("role"), max_length=16, choices=Role.choices, default=Role.REPRESENTATIVE)
    title = models.CharField(_("function"), max_length=120, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")


class Mandate(models.Model):
    """The dated right of one representative to sign, apply or accept for the organisation."""

    class Purpose(models.TextChoices):
        SIGN = "sign", _("Signing")
        APPLY = "apply", _("Applying")
        ACCEPT = "accept", _("Accepting guidelines")

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="mandates")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cse_mandates")
    purpose = models.CharField(_("for what"), max_length=8, choices=Purpose.choices)
    #: Shown with every signature, for example "Chair of the board".
    function = models.CharField(_("function"), max_length=120, blank=True)
    starts = models.DateField(_("from"))
    #: The last day on which it counts, in the organisation's calendar; empty: until withdrawn.
    ends = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")), name="cse_members_mandate_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.user} · {self.get_purpose_display()}"


class Invitation(models.Model):
    """A mailed link by which one person takes a seat, and perhaps a role in one Space."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=16, choices=Seat.Role.choices, default=Seat.Role.REPRESENTATIVE)
    #: Optional: a role in a Space (a partnership's workspace) that comes with the seat.
    space = models.ForeignKey("cse_access.Space", models.CASCADE, null=True, blank=True, related_name="invitations")
    space_role = models.CharField(max_length=16, choices=Role.choices, blank=True)
    language = models.CharField(_("language of the mail"), max_length=15)
    #: SHA-256 of the secret in the link; the secret itself stands only in the mail.
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.organisation} · {self.email}"
