"""Who may enter what: the Space, its grants, and the parties (organisations) that hold them."""

from __future__ import annotations

import secrets
import uuid

import swapper
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from .querysets import GrantQuerySet, MembershipQuerySet, SpacedQuerySet, SpaceQuerySet
from .roles import Role, Visibility


def new_key() -> str:
    """A neutral random key: 16 lower-case hex digits, safe in group names and URLs."""
    return secrets.token_hex(8)


class Party(models.Model):
    """One who holds rights as a body: an organisation, seen from access. Its people act for it.

    `members.Organisation` is the child with all its facts; what stands here is what every app needs to show and
    to check: the name, the mark, the Django group and whether its rights count at all.
    """

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    name = models.CharField(_("name"), max_length=200)
    initials = models.CharField(_("initials"), max_length=3, blank=True)
    #: 1..12, given once at admission (`cse-c1` .. `cse-c12`), never derived from country or side.
    colour = models.PositiveSmallIntegerField(_("colour"), default=1)
    shape = models.CharField(max_length=8, default="round", editable=False)
    group = models.OneToOneField(Group, models.PROTECT, related_name="cse_party", editable=False)
    #: False while suspended, closed or not yet admitted: then no right through this party counts.
    is_active = models.BooleanField(_("active"), default=True)
    users = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="cse_parties")

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [
            models.CheckConstraint(condition=Q(colour__gte=1, colour__lte=12), name="cse_access_party_colour")
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's place in a party, with its time. A right through the party needs this row *and* the group."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cse_memberships")
    starts = models.DateTimeField(_("from"), null=True, blank=True)
    #: The first instant at which the membership no longer counts.
    expires = models.DateTimeField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["party", "user"], name="cse_access_membership_once"),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(expires=None) | Q(expires__gt=models.F("starts")),
                name="cse_access_membership_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.user}"


class Space(models.Model):
    """Everything that can be private lives in exactly one Space; the same Space in every language."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    #: What it is for: "network" (one per installation), "organisation", "partnership", "page", ...
    kind = models.CharField(max_length=32)
    title = models.CharField(_("title"), max_length=200)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="rooms")
    visibility = models.CharField(
        _("who can see it"), max_length=8, choices=Visibility.choices, default=Visibility.MEMBERS
    )
    join_rule = models.CharField(
        _("joining"),
        max_length=8,
        choices=[("open", _("Open")), ("request", _("On request")), ("invite", _("By invitation"))],
        default="invite",
    )
    #: Grows by one, in the same transaction, with every change of who may do what here.
    epoch = models.BigIntegerField(default=1, editable=False)
    #: Ended or archived: everybody keeps `view`, nobody may comment, change or publish.
    read_only = models.BooleanField(default=False, editable=False)
    audience = models.OneToOneField(
        Group, models.PROTECT, null=True, blank=True, related_name="cse_space", editable=False
    )
    collection = models.ForeignKey(
        "wagtailcore.Collection", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SpaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("space")
        verbose_name_plural = _("spaces")
        # The verbs. Django's own view and change are two of them.
        permissions = [
            ("comment_space", "Can comment in space"),
            ("publish_space", "Can publish from space"),
            ("manage_space", "Can manage space"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="network"), name="cse_access_one_network_space"
            ),
            models.CheckConstraint(
                condition=~Q(visibility="secret") | Q(join_rule="invite"),
                name="cse_access_secret_by_invitation",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SpacePage(models.Model):
    """A page tree (one per locale) that belongs to a Space."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="trees")
    page = models.OneToOneField(
        swapper.get_model_name("wagtailcore", "Page"), models.CASCADE, related_name="cse_space_tree"
    )

    class Meta:
        verbose_name = _("page tree of a space")
        verbose_name_plural = _("page trees of spaces")

    def __str__(self) -> str:
        return f"{self.space} · {self.page_id}"


class Grant(models.Model):
    """The truth: a role in a Space, for a person or for a party, from a named source, for a time.

    Several sources may give the same role; revoking one leaves the others. A right given to a person through a
    named organisation says so in `through`: it ends with that membership.
    """

    space = models.ForeignKey(Space, models.CASCADE, related_name="grants")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="cse_grants"
    )
    party = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="grants")
    through = models.ForeignKey(Party, models.CASCADE, null=True, blank=True, related_name="+")
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    #: "<app>.<reason>:<key>", for example "partnerships.partner:3f2a..." or "access.manual".
    source = models.CharField(max_length=100, default="access.manual")
    starts = models.DateTimeField(_("from"), null=True, blank=True)
    #: The first instant at which the grant no longer counts.
    expires = models.DateTimeField(_("until"), null=True, blank=True)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, party__isnull=False, through=None) | Q(user__isnull=False, party=None),
                name="cse_access_grant_person_or_party",
            ),
            models.UniqueConstraint(
                fields=["space", "user", "role", "source"],
                condition=Q(user__isnull=False),
                name="cse_access_grant_user_once",
            ),
            models.UniqueConstraint(
                fields=["space", "party", "role", "source"],
                condition=Q(party__isnull=False),
                name="cse_access_grant_party_once",
            ),
            models.CheckConstraint(
                condition=Q(starts=None) | Q(expires=None) | Q(expires__gt=models.F("starts")),
                name="cse_access_grant_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} · {self.space}"


class SpaceUserPermission(UserObjectPermissionBase):
    """guardian's direct-FK row for a person; computed from grants, never written by hand."""

    content_object = models.ForeignKey(Space, models.CASCADE)


class SpaceGroupPermission(GroupObjectPermissionBase):
    """guardian's direct-FK row for a party's group; computed from grants, never written by hand."""

    content_object = models.ForeignKey(Space, models.CASCADE)


def private_file_path(instance: PrivateFile, filename: str) -> str:
    """`<first two digits>/<uuid>`: no name, no Space and no type in the path."""
    return f"{instance.uuid.hex[:2]}/{instance.uuid.hex}"


def private_storage():
    from .storage import private_storage as storage

    return storage()


class PrivateFile(models.Model):
    """A file that no web server exposes; served by a view that asks `can()`."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, models.PROTECT, related_name="files")
    file = models.FileField(upload_to=private_file_path, storage=private_storage, max_length=200)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    #: Pixels, for images; otherwise null.
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    party = models.ForeignKey(Party, models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = SpacedQuerySet.as_manager()

    class Meta:
        verbose_name = _("private file")
        verbose_name_plural = _("private files")

    def __str__(self) -> str:
        return self.name
