from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "wagtail_cse.core"
    label = "cse_core"
    verbose_name = _("Core")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from . import checks, handlers  # noqa: F401 - checks register themselves

        user_logged_in.connect(handlers.stamp_sign_in, dispatch_uid="cse_core.stamp_sign_in")
