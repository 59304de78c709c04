"""The link of an invitation: its secret, its state, where it leads afterwards."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from wagtail.models import ModelLogEntry

from wagtail_cse.access.models import Space

from .conf import settings
from .models import Invitation

#: Space kind -> `(space, user) -> URL or None`: where somebody lands who was invited into such a Space.
_landings: dict[str, Callable[[Space, Any], str | None]] = {}


def register_landing(kind: str, url: Callable[[Space, Any], str | None]) -> None:
    """Say where people land who accept an invitation with a role in a Space of this kind (in `AppConfig.ready()`)."""
    _landings[kind] = url


def landing(invitation: Invitation, user: Any) -> str | None:
    """The address of the Space that came with the invitation, or None."""
    if invitation.space is None or invitation.space.kind not in _landings:
        return None
    return _landings[invitation.space.kind](invitation.space, user)


def new_token() -> tuple[str, str]:
    """A new secret and its SHA-256; only the second may be stored."""
    token = secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def expiry() -> dt.datetime:
    """When an invitation sent now stops working."""
    return timezone.now() + dt.timedelta(days=settings.invitation_days)


def find(token: str) -> Invitation | None:
    """The invitation of a link, or None for a wrong one."""
    invitations = Invitation.objects.select_related("organisation__space", "invited_by", "space")
    return invitations.filter(token_sha256=digest(token)).first()


def state(invitation: Invitation) -> str:
    """open, used, withdrawn, expired, or paused (the organisation is not an active member at present)."""
    if invitation.accepted_at is not None:
        return "used"
    if invitation.withdrawn_at is not None:
        return "withdrawn"
    if invitation.expires_at <= timezone.now():
        return "expired"
    return "open" if invitation.organisation.is_public else "paused"


def asked_today(invitation: Invitation) -> bool:
    """Whether somebody asked for a new link within the last 24 hours."""
    since = timezone.now() - dt.timedelta(days=1)
    asked = ModelLogEntry.objects.for_instance(invitation.organisation).filter(
        action="cse_members.invitation.ask", timestamp__gt=since, data__invitation=str(invitation.uuid)
    )
    return asked.exists()
