from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "wagtail_cse.access"
    label = "cse_access"
    verbose_name = _("Access")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_cse.core import slots

        from . import acting, checks, handlers, hidden_groups, registration  # noqa: F401

        handlers.connect()
        registration.register()
        hidden_groups.hide()
        slots.register("account_mark", "wagtail_cse/access/acting_mark.html", acting.menu)
        slots.register("account_menu", "wagtail_cse/access/acting_for.html", acting.menu, order=10)
