"""Who translates into which language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TranslatorTeam(models.Model):
    """The translators into one language.

    Their rights hang on a Space like all others: its publishers are the translators (see `teams`).
    """

    locale = models.OneToOneField("wagtailcore.Locale", models.CASCADE, related_name="cse_team")
    space = models.OneToOneField("cse_access.Space", models.PROTECT, related_name="translator_team")

    class Meta:
        verbose_name = _("translator team")
        verbose_name_plural = _("translator teams")

    def __str__(self) -> str:
        return str(self.locale)
