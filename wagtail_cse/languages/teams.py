"""Translators and their rights.

The truth is a grant in the team's Space. The published pages themselves stand in no Space: what may be done with
them in Wagtail's admin is the site's own business, so the team also owns a Django group with Wagtail's own page
permissions on the public sections of its language, and its members follow the grants.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import get_language_info
from wagtail.models import GroupPagePermission, Locale, Page, Site

from wagtail_cse.access.actions import CreateSpace
from wagtail_cse.access.models import Grant
from wagtail_cse.access.policies import can
from wagtail_cse.core import sections

from .models import TranslatorTeam

#: Sections whose pages translators work on. Profiles are written by their organisations in each language, and a
#: workspace is one Space in every language.
SECTIONS = ("models",)
#: What the group may do in the admin.
PAGE_PERMISSIONS = ("change", "publish")


def team_for(locale: Locale) -> TranslatorTeam:
    """The team of a language; made when first asked for."""
    team = TranslatorTeam.objects.filter(locale=locale).select_related("space", "locale").first()
    if team is not None:
        return team
    with transaction.atomic():
        space = CreateSpace(
            actor=None,
            kind="translation",
            title=f"Translation: {get_language_info(locale.language_code)['name']}",
            visibility="public",
        ).execute()
        return TranslatorTeam.objects.create(locale=locale, space=space)


def group_of(team: TranslatorTeam) -> Group:
    """The team's Django group: opens the admin and the start of translations, in general."""
    group, made = Group.objects.get_or_create(name=f"cse:translators:{team.locale.language_code}")
    if made:
        group.permissions.set(
            Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
            | Permission.objects.filter(codename="submit_translation", content_type__app_label="wagtail_localize")
        )
    return group


def synchronise(team: TranslatorTeam) -> None:
    """Make group and page permissions follow the grants and the sections that exist in the team's language."""
    group = group_of(team)
    grants = Grant.objects.to_people().filter(space=team.space)
    group.user_set.set(get_user_model()._default_manager.filter(pk__in=grants.values("user")))
    permissions = Permission.objects.filter(
        codename__in=[f"{name}_{Page._meta.model_name}" for name in PAGE_PERMISSIONS],
        content_type__app_label=Page._meta.app_label,
    )
    for name in SECTIONS:
        for site in Site.objects.select_related("root_page"):
            page = sections.get(name).find(site, team.locale)
            if page is not None:
                for permission in permissions:
                    GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def locales_for(user: Any, verb: str = "change") -> list[Locale]:
    """The languages into which a person may translate (`change`) or publish (`publish`)."""
    teams = TranslatorTeam.objects.select_related("space", "locale").order_by("locale__language_code")
    return [team.locale for team in teams if can(user, verb, team.space)]
