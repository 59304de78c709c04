"""Countries: which side they stand on, and whose calendar their organisations use."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.utils import timezone

#: Member states of the European Union, with the time zone of their capital.
EU_ZONES: dict[str, str] = {
    "AT": "Europe/Vienna",
    "BE": "Europe/Brussels",
    "BG": "Europe/Sofia",
    "CY": "Asia/Nicosia",
    "CZ": "Europe/Prague",
    "DE": "Europe/Berlin",
    "DK": "Europe/Copenhagen",
    "EE": "Europe/Tallinn",
    "ES": "Europe/Madrid",
    "FI": "Europe/Helsinki",
    "FR": "Europe/Paris",
    "GR": "Europe/Athens",
    "HR": "Europe/Zagreb",
    "HU": "Europe/Budapest",
    "IE": "Europe/Dublin",
    "IT": "Europe/Rome",
    "LT": "Europe/Vilnius",
    "LU": "Europe/Luxembourg",
    "LV": "Europe/Riga",
    "MT": "Europe/Malta",
    "NL": "Europe/Amsterdam",
    "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon",
    "RO": "Europe/Bucharest",
    "SE": "Europe/Stockholm",
    "SI": "Europe/Ljubljana",
    "SK": "Europe/Bratislava",
}


def side_of(country: str) -> str:
    """`tr`, `eu` or `other` for a two-letter country code."""
    if country == "TR":
        return "tr"
    return "eu" if country in EU_ZONES else "other"


def zone_of(country: str):
    """The calendar of a country's organisations; elsewhere than Turkey and the EU: the site's own zone."""
    if country == "TR":
        return ZoneInfo("Europe/Istanbul")
    if country in EU_ZONES:
        return ZoneInfo(EU_ZONES[country])
    return timezone.get_default_timezone()
