from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PartnershipsConfig(AppConfig):
    name = "wagtail_cse.partnerships"
    label = "cse_partnerships"
    verbose_name = _("Partnerships")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.signals import copy_for_translation_done

        from wagtail_cse.core import sections, slots
        from wagtail_cse.members import invitations

        from . import handlers, home, next_steps, tabs

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
        invitations.register_landing("partnership", home.landing)
        tabs.register_own()
        next_steps.register("partnerships", next_steps.own_steps)
        slots.provide("home_next_steps", home.next_steps)
        slots.register("home_main", "wagtail_cse/partnerships/home_partnerships.html", home.running, order=20)
        slots.register("site_nav", "wagtail_cse/partnerships/nav.html", home.nav, order=20)
        copy_for_translation_done.connect(handlers.share_space, dispatch_uid="cse_partnerships.share_space")
