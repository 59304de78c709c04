"""One mail to whoever's turn it is, in his language; none twice."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse

from wagtail_cse.access.policies import can
from wagtail_cse.core import mail
from wagtail_cse.members.models import Mandate

from .models import SignOff


def signers(signoff: SignOff) -> list[Any]:
    """People who may sign now for an organisation that has not: each once, though he may have two mandates."""
    waiting = signoff.organisations.exclude(signatures__signoff=signoff)
    users = (
        get_user_model()
        .objects.filter(
            pk__in=Mandate.objects.valid().filter(organisation__in=waiting, purpose="sign").values("user")
        )
        .order_by("pk")
    )
    space = signoff.model_document.space
    return [user for user in users if can(user, "view", space)]


def ask_for_signatures(signoff: SignOff) -> None:
    """After a sign-off was opened."""
    for user in signers(signoff):
        mail.send(
            "wagtail_cse/modeldocs/mail/please_sign",
            user,
            {"path": reverse("cse_modeldocs:signoff", args=[signoff.uuid])},
        )


def tell_all_signed(signoff: SignOff) -> None:
    """After the last signature: those who may publish learn that they can."""
    space = signoff.model_document.space
    people = get_user_model().objects.filter(cse_memberships__party__in=signoff.organisations.all()).distinct()
    for user in people.order_by("pk"):
        if can(user, "publish", space):
            mail.send(
                "wagtail_cse/modeldocs/mail/all_signed",
                user,
                {"path": reverse("cse_modeldocs:signoff", args=[signoff.uuid])},
            )
