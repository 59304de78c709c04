"""Translators and their rights."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import get_language_info
from wagtail.models import Locale, Site

from wagtail_cse.access.actions import AttachPage, CreateSpace
from wagtail_cse.access.policies import can
from wagtail_cse.core import sections

from .models import TranslatorTeam

#: Sections whose pages translators work on. Profiles are written by their organisations in each language, and a
#: workspace is one Space in every language.
SECTIONS = ("models",)
#: The Django group that opens Wagtail's admin and the translation editor; what is seen there the grants decide.
GROUP = "cse:translators"


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


def attach_sections(team: TranslatorTeam) -> None:
    """Put the public sections of the team's language under its Space, where they exist and are in none yet."""
    for name in SECTIONS:
        try:
            section = sections.get(name)
        except KeyError:
            continue
        for site in Site.objects.select_related("root_page"):
            page = section.find(site, team.locale)
            if page is not None and not hasattr(page, "cse_space_tree"):
                AttachPage(space=team.space, page=page).execute()


def translators_group() -> Group:
    """The group with the right to open the admin and to start translations."""
    group, made = Group.objects.get_or_create(name=GROUP)
    if made:
        group.permissions.set(
            Permission.objects.filter(codename="access_admin", content_type__app_label="wagtailadmin")
            | Permission.objects.filter(codename="submit_translation", content_type__app_label="wagtail_localize")
        )
    return group


def locales_for(user: Any, verb: str = "change") -> list[Locale]:
    """The languages into which a person may translate (`change`) or publish (`publish`)."""
    teams = TranslatorTeam.objects.select_related("space", "locale").order_by("locale__language_code")
    return [team.locale for team in teams if can(user, verb, team.space)]
