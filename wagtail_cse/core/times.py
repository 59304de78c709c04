"""Moments in words: the reader's own clock first, the other's in brackets."""

from __future__ import annotations

import datetime as dt
import zoneinfo

from django.utils import formats, timezone
from django.utils.translation import gettext, pgettext

from .people import zone_named
from .places import place_name


def utc_attribute(value: dt.datetime) -> str:
    """For `<time datetime>`: UTC, to the minute."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%MZ")


def local_day(value: dt.datetime | dt.date) -> dt.date:
    """The day of a moment on the reader's calendar; a date is itself."""
    return timezone.localtime(value).date() if isinstance(value, dt.datetime) else value


def day_words(day: dt.date, today: dt.date | None = None, weekday: bool = True) -> str:
    """ "Friday 27 November", with the year when it is not this year."""
    today = today or timezone.localdate()
    if day.year == today.year:
        pattern = (
            pgettext("day format, see Django's date filter", "l j F")
            if weekday
            else pgettext("day format without weekday, see Django's date filter", "j F")
        )
    else:
        pattern = pgettext("day format with year, see Django's date filter", "j F Y")
    return formats.date_format(day, pattern)


def clock_words(value: dt.datetime) -> str:
    return value.strftime("%H:%M")


def moment_words(value: dt.datetime, zone: str | zoneinfo.ZoneInfo | None = None) -> str:
    """A moment in the active time zone; with `zone` also on the other's clock, unless both show the same time.

    The other's day is named only where it differs.
    """
    mine = timezone.localtime(value)
    day, clock = day_words(mine.date()), clock_words(mine)
    other_zone = zone_named(str(zone)) if zone else None
    theirs = value.astimezone(other_zone) if other_zone else None
    if theirs is None or theirs.utcoffset() == mine.utcoffset():
        return gettext("%(day)s, %(time)s") % {"day": day, "time": clock}
    their_clock = clock_words(theirs)
    if theirs.date() != mine.date():
        their_clock = gettext("%(day)s, %(time)s") % {"day": day_words(theirs.date()), "time": their_clock}
    return gettext("%(day)s, %(time)s in %(place)s (%(other_time)s in %(other_place)s)") % {
        "day": day,
        "time": clock,
        "place": place_name(timezone.get_current_timezone_name()),
        "other_time": their_clock,
        "other_place": place_name(str(other_zone)),
    }


def ago_words(value: dt.datetime, now: dt.datetime | None = None) -> str:
    """When something happened, as one says it: "today, 14:20", "yesterday, 17:40", "Saturday, 09:05", or the day."""
    mine = timezone.localtime(value)
    today = timezone.localtime(now or timezone.now()).date()
    days = (today - mine.date()).days
    clock = clock_words(mine)
    if days == 0:
        return gettext("today, %(time)s") % {"time": clock}
    if days == 1:
        return gettext("yesterday, %(time)s") % {"time": clock}
    if 1 < days < 7:
        return gettext("%(day)s, %(time)s") % {"day": formats.date_format(mine, "l"), "time": clock}
    return gettext("%(day)s, %(time)s") % {"day": day_words(mine.date(), today, weekday=False), "time": clock}
