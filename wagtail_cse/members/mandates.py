"""Who may sign, apply or accept for an organisation. Every signing action asks here and nowhere else."""

from __future__ import annotations

import datetime as dt
from typing import Any

from .models import Mandate, Organisation


def mandate_for(
    user: Any, organisation: Organisation, purpose: str, on: dt.date | None = None, *, lock: bool = False
) -> Mandate | None:
    """The mandate by which `user` may act for `organisation` on a day, or None.

    Arguments: `purpose` is one of `Mandate.Purpose`; `on` is a day in the organisation's own calendar (default:
    its today, whatever zone the reader lives in). Of several valid mandates the one that lasts longest is
    returned. The person must still hold his seat, be in the organisation's group and be active, and the
    organisation must be a member. `lock=True` locks the mandate's row for a write that depends on it.
    """
    if not getattr(user, "is_active", False) or user.pk is None:
        return None
    mandates = Mandate.objects.valid(on or organisation.today()).filter(
        user=user, organisation=organisation, purpose=purpose
    )
    if lock:
        mandates = mandates.select_for_update(of=("self",))
    return max(mandates, key=lambda mandate: (mandate.ends or dt.date.max, mandate.pk), default=None)
