"""Why an invitation's link does not lead in. Each says what to do next, and nothing about anybody."""

from __future__ import annotations

from wagtail_cse.core.exceptions import CseError


class InvitationError(CseError):
    """Base: the link cannot be used. `code` is one of unknown, expired, withdrawn, used, other_person, paused."""

    code = "unknown"


class TooMany(CseError):
    """The hourly number is used up."""

    code = "too_many"
