"""Names of our entries in Wagtail's audit log."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks


@hooks.register("register_log_actions")
def register_log_actions(actions):
    actions.register_action("cse_coedit.name_version", _("Keep a version"), _("Kept a version of the text"))
    actions.register_action("cse_coedit.freeze_version", _("Freeze a version"), _("Froze a version for signing"))
    actions.register_action("cse_coedit.restore_version", _("Restore a version"), _("Restored an earlier version"))
    actions.register_action("cse_coedit.save_section", _("Save a section"), _("Saved a section without JavaScript"))
