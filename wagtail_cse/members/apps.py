from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MembersConfig(AppConfig):
    name = "wagtail_cse.members"
    label = "cse_members"
    verbose_name = _("Members")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_cse.core import sections

        sections.register(
            sections.Section(
                name="organisations",
                app="MEMBERS",
                title=_("Organisations"),
                slug=pgettext_lazy("address of a page", "organisations"),
                default_index="cse_pages.DirectoryPage",
                default_page="cse_pages.OrganisationPage",
                order=10,
            )
        )
