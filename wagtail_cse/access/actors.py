"""Who does something, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import Party


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, and the party he acts for (None: for himself, as the secretariat does).

    Every write stores both. Build it with `access.acting.actor(request)`, which validates the party against
    the person's memberships of this moment.
    """

    user: Any
    party: Party | None = None

    def __str__(self) -> str:
        return f"{self.party} · {self.user}" if self.party else str(self.user)
