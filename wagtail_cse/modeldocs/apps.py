from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ModeldocsConfig(AppConfig):
    name = "wagtail_cse.modeldocs"
    label = "cse_modeldocs"
    verbose_name = _("Model documents")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_cse.core import sections, slots
        from wagtail_cse.partnerships import next_steps, tabs

        from . import menus, searching, signing_steps, workspace

        sections.register(
            sections.Section(
                name="models",
                app="MODELDOCS",
                title=_("Model documents"),
                slug=pgettext_lazy("address of a page", "models"),
                default_index="cse_pages.ModelIndexPage",
                default_page="cse_pages.ModelPage",
                order=30,
            )
        )
        template = "wagtail_cse/modeldocs/workspace_documents.html"
        slots.register("workspace_main", template, workspace.slot_context, order=10)
        slots.register(
            "workspace_public", "wagtail_cse/modeldocs/workspace_public.html", workspace.public_context, order=10
        )
        slots.register("site_nav", "wagtail_cse/modeldocs/nav.html", menus.nav, order=30)
        tabs.register("documents", workspace.tab, 20)
        next_steps.register("modeldocs", workspace.next_steps)
        next_steps.register("signing", signing_steps.next_steps)
        searching.register()
