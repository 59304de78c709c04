"""Names of time zones as places that people know, in their language; grouped for a select."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from functools import lru_cache

from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

#: Where this network's people mostly live; offered first. The rest of the world is there too, by its IANA name.
NEAR = {
    "Europe/Istanbul": pgettext_lazy("place", "Istanbul"),
    "Europe/Athens": pgettext_lazy("place", "Athens"),
    "Europe/Rome": pgettext_lazy("place", "Rome"),
    "Europe/Berlin": pgettext_lazy("place", "Berlin"),
    "Europe/Brussels": pgettext_lazy("place", "Brussels"),
    "Europe/Paris": pgettext_lazy("place", "Paris"),
    "Europe/Madrid": pgettext_lazy("place", "Madrid"),
    "Europe/Lisbon": pgettext_lazy("place", "Lisbon"),
    "Europe/London": pgettext_lazy("place", "London"),
    "Europe/Dublin": pgettext_lazy("place", "Dublin"),
    "Europe/Amsterdam": pgettext_lazy("place", "Amsterdam"),
    "Europe/Vienna": pgettext_lazy("place", "Vienna"),
    "Europe/Zurich": pgettext_lazy("place", "Zurich"),
    "Europe/Copenhagen": pgettext_lazy("place", "Copenhagen"),
    "Europe/Stockholm": pgettext_lazy("place", "Stockholm"),
    "Europe/Oslo": pgettext_lazy("place", "Oslo"),
    "Europe/Helsinki": pgettext_lazy("place", "Helsinki"),
    "Europe/Warsaw": pgettext_lazy("place", "Warsaw"),
    "Europe/Prague": pgettext_lazy("place", "Prague"),
    "Europe/Budapest": pgettext_lazy("place", "Budapest"),
    "Europe/Bucharest": pgettext_lazy("place", "Bucharest"),
    "Europe/Sofia": pgettext_lazy("place", "Sofia"),
    "Europe/Belgrade": pgettext_lazy("place", "Belgrade"),
    "Europe/Zagreb": pgettext_lazy("place", "Zagreb"),
    "Europe/Tirane": pgettext_lazy("place", "Tirana"),
    "Europe/Skopje": pgettext_lazy("place", "Skopje"),
    "Europe/Kyiv": pgettext_lazy("place", "Kyiv"),
    "Asia/Nicosia": pgettext_lazy("place", "Nicosia"),
    "Asia/Tbilisi": pgettext_lazy("place", "Tbilisi"),
    "Asia/Beirut": pgettext_lazy("place", "Beirut"),
    "Asia/Amman": pgettext_lazy("place", "Amman"),
    "Asia/Damascus": pgettext_lazy("place", "Damascus"),
    "UTC": pgettext_lazy("place", "Universal time"),
}
REGIONS = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("America"),
    "Asia": gettext_lazy("Asia"),
    "Atlantic": gettext_lazy("Atlantic"),
    "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific"),
}


def place_name(zone: str) -> str:
    """The place that stands for a zone, in the active language: "Europe/Istanbul" -> "Istanbul"."""
    return str(NEAR[zone]) if zone in NEAR else zone.rpartition("/")[2].replace("_", " ")


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """IANA names that a person may choose: regions of the world and UTC, no historic aliases like "Turkey"."""
    names = {name for name in zoneinfo.available_timezones() if name.partition("/")[0] in REGIONS}
    return frozenset(names | {"UTC"})


def offset_words(zone: str, now: dt.datetime) -> str:
    """ "UTC+03:00" at that moment."""
    offset = now.astimezone(zoneinfo.ZoneInfo(zone)).utcoffset() or dt.timedelta()
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def zone_choices(now: dt.datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups for a select: the near places by name, then every region of the world."""
    available = zone_names()
    near = sorted(
        ((zone, f"{place} ({offset_words(zone, now)})") for zone, place in NEAR.items() if zone in available),
        key=lambda choice: choice[1].casefold(),
    )
    groups = [(gettext("Near by"), near)]
    for region, label in REGIONS.items():
        rows = sorted(
            (zone, f"{place_name(zone)} ({offset_words(zone, now)})")
            for zone in available
            if zone.startswith(f"{region}/") and zone not in NEAR
        )
        groups.append((str(label), rows))
    return groups
