"""Letters to people who come into a workspace. Subjects name no partner: they stand on locked telephones."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import translation

from wagtail_cse.access.roles import Role
from wagtail_cse.core import mail
from wagtail_cse.core.people import language_of
from wagtail_cse.members.models import Organisation

from .models import Partnership


def tell(
    letter: str, user: Any, partnership: Partnership, organisation: Organisation, role: str, **more: Any
) -> None:
    """Send `letter` to one person in his language, with a link that asks to sign in first."""
    with translation.override(language_of(user)):
        url = mail.link(reverse("cse_partnerships:workspace", args=[partnership.uuid]))
        words = str(dict(Role.choices)[role])
    mail.send(f"partnerships/{letter}", user, {"organisation": organisation, "role": words, "url": url, **more})
