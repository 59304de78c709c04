"""Profiles in the search: what everybody can read on them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from wagtail_cse.search import registry
from wagtail_cse.search.pages import PageSource

from .page_mixins import OrganisationPageMixin


class Profiles(PageSource):
    kind = "organisation"
    label = _("Organisations")
    label_one = _("Organisation")
    page_type = OrganisationPageMixin


def register() -> None:
    registry.register(Profiles())
