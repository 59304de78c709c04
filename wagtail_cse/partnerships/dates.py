"""Days and periods in words, in the active language."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_cse.core.times import day_words


def day(date: dt.date, *, year: bool | None = None) -> str:
    """“4 December”; with the year when it is not this one, or always (`year=True`), or never (`year=False`)."""
    with_year = date.year != timezone.localdate().year if year is None else year
    today = dt.date(date.year - 1 if with_year else date.year, 1, 1)
    return day_words(date, today=today, weekday=False)


def period(first: dt.date, last: dt.date) -> str:
    """“1–18 September”, “14 December 2026 – 3 January 2027”; one day stands alone."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return _("%(first)s–%(last)s") % {"first": first.day, "last": day(last)}
    if first.year == last.year:
        return _("%(first)s – %(last)s") % {"first": day(first, year=False), "last": day(last)}
    return _("%(first)s – %(last)s") % {"first": day(first, year=True), "last": day(last, year=True)}
