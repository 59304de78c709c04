from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from wagtail_cse.access.actions import GrantRole, RevokeSource
from wagtail_cse.access.network import is_secretariat
from wagtail_cse.access.policies import can
from wagtail_cse.access.roles import Role
from wagtail_cse.core.actions import Action
from wagtail_cse.core.exceptions import Invalid, NotAllowed

from . import localize, teams
from .ancestors import ensure_translated_ancestors
from .models import TranslatorTeam

if TYPE_CHECKING:
    from wagtail_cse.access.actors import Actor

SOURCE = "languages.translator"


class AppointTranslator(Action[TranslatorTeam]):
    """Give a person the right to translate into a language and to publish whole translations there."""

    name = "languages.appoint_translator"

    def __init__(self, *, actor: Actor, user: Any, locale: Locale):
        self.actor, self.user, self.locale = actor, user, locale

    def check(self) -> None:
        if not is_secretariat(self.actor.user):
            raise Http404
        if not self.user.is_active:
            raise Invalid(_("This account is not active."))

    def write(self) -> TranslatorTeam:
        team = teams.team_for(self.locale)
        GrantRole(actor=None, space=team.space, role=Role.PUBLISHER, user=self.user, source=SOURCE).execute()
        teams.synchronise(team)
        return team


class DismissTranslator(Action[TranslatorTeam]):
    """Take that right away again."""

    name = "languages.dismiss_translator"

    def __init__(self, *, actor: Actor, user: Any, locale: Locale):
        self.actor, self.user, self.locale = actor, user, locale

    def check(self) -> None:
        if not is_secretariat(self.actor.user):
            raise Http404

    def write(self) -> TranslatorTeam:
        team = teams.team_for(self.locale)
        RevokeSource(actor=None, space=team.space, source=SOURCE, user=self.user).execute()
        teams.synchronise(team)
        return team


class StartTranslation(Action[Page]):
    """Bring a public page to wagtail-localize in one language; returns the draft page there."""

    name = "languages.start_translation"

    def __init__(self, *, actor: Actor, page: Page, locale: Locale):
        self.actor, self.page, self.locale = actor, page.specific, locale

    def check(self) -> None:
        if not localize.installed():
            raise Invalid(_("Translation is not switched on for this site."))
        require(self.actor, "change", self.locale)
        if not self.page.live or self.page.get_view_restrictions().exists():
            raise Http404
        if self.page.locale_id == self.locale.pk:
            raise Invalid(_("This text is written in that language."))

    def write(self) -> Page:
        from wagtail_localize.models import Translation, TranslationSource

        ensure_translated_ancestors(self.page, self.locale, self.actor.user)
        teams.synchronise(teams.team_for(self.locale))
        source, _made = TranslationSource.get_or_create_from_instance(self.page)
        translation, made = Translation.objects.get_or_create(source=source, target_locale=self.locale)
        existing = self.page.get_translation_or_none(self.locale)
        if made or existing is None:
            translation.save_target(user=self.actor.user, publish=False)
        return self.page.get_translation(self.locale)


class PublishTranslation(Action[Page]):
    """Publish a translation that is whole."""

    name = "languages.publish_translation"

    def __init__(self, *, actor: Actor, page: Page):
        self.actor, self.page = actor, page

    def check(self) -> None:
        require(self.actor, "publish", self.page.locale)
        self.translation = localize.translation_of(self.page)
        if self.translation is None:
            raise Http404
        total, done = self.translation.get_progress()
        if done < total:
            raise Invalid(incomplete(total - done))

    def write(self) -> Page:
        self.translation.save_target(user=self.actor.user, publish=True)
        return self.page


def require(actor: Actor, verb: str, locale: Locale) -> None:
    """The actor's right in the team of a language: NotAllowed without it."""
    team = TranslatorTeam.objects.filter(locale=locale).select_related("space").first()
    if team is None or not can(actor.user, verb, team.space):
        raise NotAllowed(_("You are not a translator into this language. The secretariat can appoint you."))


def incomplete(missing: int) -> str:
    """Why a translation cannot be published yet."""
    from django.utils.translation import ngettext

    return ngettext(
        "%(n)d part of the text is not translated yet. A page is published when the whole text is translated.",
        "%(n)d parts of the text are not translated yet. A page is published when the whole text is translated.",
        missing,
    ) % {"n": missing}
