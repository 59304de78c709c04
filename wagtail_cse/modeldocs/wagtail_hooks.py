"""What Wagtail finds by itself."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_drafting_log_actions(actions: Any) -> None:
    for action, label, message in (
        ("cse.modeldocs.start", _("Model document started"), _("The model document was started.")),
        ("cse.modeldocs.import", _("Model document imported"), _("The model document was imported from a file.")),
        ("cse.modeldocs.rename", _("Model document renamed"), _("The model document was renamed.")),
    ):
        actions.register_action(action, label, message)


@hooks.register("register_log_actions")
def register_signing_log_actions(actions: Any) -> None:
    for action, label, message in (
        ("cse.modeldocs.open_signoff", _("Signatures asked for"), _("A version was frozen for signing.")),
        ("cse.modeldocs.sign", _("Version signed"), _("A version was signed.")),
        ("cse.modeldocs.withdraw_signoff", _("Sign-off withdrawn"), _("The sign-off was withdrawn.")),
        ("cse.modeldocs.publish", _("Version published"), _("A signed version was published.")),
    ):
        actions.register_action(action, label, message)
