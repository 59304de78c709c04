"""What Wagtail finds by itself: log actions, and (in `guard` and `serving`) the answers to its requests."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, label, message in (
        ("cse_access.create_space", _("Space made"), _("The space was made.")),
        ("cse_access.grant", _("Role given"), _("A role was given.")),
        ("cse_access.revoke", _("Role taken away"), _("A role was taken away.")),
        ("cse_access.change_role", _("Role changed"), _("A role was changed.")),
        ("cse_access.revoke_source", _("Roles taken away"), _("The roles from one source were taken away.")),
        ("cse_access.change_visibility", _("Visibility changed"), _("Who can see the space was changed.")),
        ("cse_access.set_read_only", _("Closed or opened"), _("The space was closed for writing or opened again.")),
        ("cse_access.rename_space", _("Space renamed"), _("The space was renamed.")),
        ("cse_access.attach_page", _("Page added"), _("A page was put into the space.")),
        ("cse_access.detach_page", _("Page taken out"), _("A page was taken out of the space.")),
        ("cse_access.store_file", _("File stored"), _("A file was stored.")),
    ):
        actions.register_action(action, label, message)
