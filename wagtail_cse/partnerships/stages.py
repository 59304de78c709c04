"""The plan of a partnership: seven stages over six months, stretched to the dates agreed."""

from __future__ import annotations

import datetime as dt

from .models import Stage

#: Length for which the template is written, in days.
TEMPLATE_DAYS = 181

#: First and last day of each stage, counted from the first day of the partnership.
TEMPLATE: tuple[tuple[str, int, int], ...] = (
    (Stage.OPENING, 0, 17),
    (Stage.VISIT_1, 35, 38),
    (Stage.DRAFT, 39, 94),
    (Stage.VISIT_2, 104, 107),
    (Stage.TEST, 122, 152),
    (Stage.SIGNOFF, 153, 166),
    (Stage.CLOSING, 167, 181),
)

ORDER: tuple[str, ...] = tuple(stage for stage, _first, _last in TEMPLATE)


def plan(starts: dt.date, ends: dt.date) -> list[tuple[str, dt.date, dt.date]]:
    """Stage, first day, last day, for a partnership from `starts` to `ends` (both days included)."""
    length = (ends - starts).days

    def day(offset: int) -> dt.date:
        return starts + dt.timedelta(days=round(offset * length / TEMPLATE_DAYS))

    return [(stage, day(first), day(last)) for stage, first, last in TEMPLATE]


def six_months_from(starts: dt.date) -> dt.date:
    """The usual last day: six months later, less a day."""
    month = starts.month + 6
    year, month = starts.year + (month - 1) // 12, (month - 1) % 12 + 1
    for day in range(starts.day, 0, -1):
        try:
            return dt.date(year, month, day) - dt.timedelta(days=1)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
