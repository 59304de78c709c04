from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LanguagesConfig(AppConfig):
    name = "wagtail_cse.languages"
    label = "cse_languages"
    verbose_name = _("Languages")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_cse.core import slots

        from . import checks, handlers, parts  # noqa: F401 - registers the checks

        handlers.connect()
        slots.register("page_languages", "wagtail_cse/languages/page_languages.html", parts.page_languages)
        slots.register("model_notice", "wagtail_cse/languages/page_notice.html", parts.notice)
        slots.register("account_links", "wagtail_cse/languages/account_links.html", parts.account_links, order=40)
