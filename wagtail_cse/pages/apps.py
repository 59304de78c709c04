from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "wagtail_cse.pages"
    label = "cse_pages"
    verbose_name = _("Pages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_cse.core import slots

        from .home import desk

        slots.register("home_main", "wagtail_cse/pages/home_desk.html", desk, order=10)
