"""Page types for sites on Wagtail's default page: thin, everything they do stands in the domain apps' mixins.

A site with its own page types leaves this app out, uses the mixins, and names its types in
`WAGTAIL_CSE_<APP>_INDEX_PAGE_MODEL` and `WAGTAIL_CSE_<APP>_PAGE_MODEL`. It repeats `template` as we do here: Wagtail
gives every page class a template of its own name unless the class itself says otherwise.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from wagtail_cse.languages.page_mixins import FallbackIndexMixin, WholeTranslationMixin
from wagtail_cse.members.page_mixins import DirectoryPageMixin, OrganisationPageMixin
from wagtail_cse.modeldocs.page_mixins import ModelIndexPageMixin, ModelPageMixin
from wagtail_cse.partnerships.page_mixins import INDEX_PANELS, PartnershipIndexPageMixin, WorkspacePageMixin


class DirectoryPage(DirectoryPageMixin, Page):
    """The section of organisations."""

    template = DirectoryPageMixin.template
    subpage_types = ["cse_pages.OrganisationPage"]

    class Meta:
        verbose_name = _("directory of organisations")
        verbose_name_plural = _("directories of organisations")


class OrganisationPage(WholeTranslationMixin, OrganisationPageMixin, Page):
    """The public profile of one organisation, in one language."""

    template = OrganisationPageMixin.template
    parent_page_types = ["cse_pages.DirectoryPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("organisation profile")
        verbose_name_plural = _("organisation profiles")


class PartnershipIndexPage(PartnershipIndexPageMixin, Page):
    """The section of partnerships."""

    template = PartnershipIndexPageMixin.template
    subpage_types = ["cse_pages.WorkspacePage"]
    content_panels = [*Page.content_panels, *INDEX_PANELS]

    class Meta:
        verbose_name = _("partnerships section")
        verbose_name_plural = _("partnerships sections")


class WorkspacePage(WorkspacePageMixin, Page):
    """The private page of one partnership, in one language; made by starting the partnership."""

    template = WorkspacePageMixin.template
    parent_page_types = ["cse_pages.PartnershipIndexPage"]
    subpage_types = []
    is_creatable = False

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")


class ModelIndexPage(FallbackIndexMixin, ModelIndexPageMixin, Page):
    """The section of published model documents."""

    template = ModelIndexPageMixin.template
    subpage_types = ["cse_pages.ModelPage"]
    content_panels = [*Page.content_panels, *INDEX_PANELS]

    class Meta:
        verbose_name = _("model documents section")
        verbose_name_plural = _("model documents sections")


class ModelPage(WholeTranslationMixin, ModelPageMixin, Page):
    """A published model document, in one language; made by publication."""

    template = ModelPageMixin.template
    parent_page_types = ["cse_pages.ModelIndexPage"]
    subpage_types = []
    is_creatable = False
    content_panels = [*Page.content_panels, *ModelPageMixin.content_panels_of_model]

    class Meta:
        verbose_name = _("model document page")
        verbose_name_plural = _("model document pages")
