"""Languages in which an organisation's people work, with names in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

#: BCP 47 tags; the languages of the network's people first, then those of the European Union.
LANGUAGES: dict[str, object] = {
    "tr": _("Turkish"),
    "en": _("English"),
    "ar": _("Arabic"),
    "fa": _("Persian"),
    "ku": _("Kurdish"),
    "ps": _("Pashto"),
    "uk": _("Ukrainian"),
    "ru": _("Russian"),
    "el": _("Greek"),
    "it": _("Italian"),
    "de": _("German"),
    "fr": _("French"),
    "es": _("Spanish"),
    "bg": _("Bulgarian"),
    "cs": _("Czech"),
    "da": _("Danish"),
    "et": _("Estonian"),
    "fi": _("Finnish"),
    "ga": _("Irish"),
    "hr": _("Croatian"),
    "hu": _("Hungarian"),
    "lt": _("Lithuanian"),
    "lv": _("Latvian"),
    "mt": _("Maltese"),
    "nl": _("Dutch"),
    "pl": _("Polish"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "sk": _("Slovak"),
    "sl": _("Slovenian"),
    "sv": _("Swedish"),
}


def language_names(codes: Iterable[str]) -> list[str]:
    """Names for BCP 47 tags, in the order given; a tag that is not in the list stands for itself."""
    return [str(LANGUAGES.get(code, code)) for code in codes]
