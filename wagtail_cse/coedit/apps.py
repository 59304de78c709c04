from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoeditConfig(AppConfig):
    name = "wagtail_cse.coedit"
    label = "cse_coedit"
    verbose_name = _("Co-editing")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_cse.core import slots

        from . import checks, handlers  # noqa: F401

        handlers.connect()
        # Beside the sign-out button goes what deletes the words kept on this device.
        slots.register("account_links", "wagtail_cse/coedit/signout_script.html")
