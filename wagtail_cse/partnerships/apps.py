from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnershipsConfig(AppConfig):
    name = "wagtail_cse.partnerships"
    label = "cse_partnerships"
    verbose_name = _("Partnerships")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_cse.core import sections

        sections.register(
            sections.Section(
                name="partnerships",
                app="PARTNERSHIPS",
                title=_("Partnerships"),
                slug=pgettext_lazy("address of a page", "partnerships"),
                default_index="cse_pages.PartnershipIndexPage",
                default_page="cse_pages.WorkspacePage",
                order=20,
            )
        )
