from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class MembersConfig(AppConfig):
    name = "wagtail_cse.members"
    label = "cse_members"
    verbose_name = _("Members")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_cse.core import sections, slots

        from . import menus, searching
        from .home import next_steps

        searching.register()
        slots.provide("home_next_steps", next_steps)
        slots.register("site_nav", "wagtail_cse/members/nav.html", menus.nav, order=10)
        slots.register("account_links", "wagtail_cse/members/account_links.html", menus.account_links, order=10)
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
