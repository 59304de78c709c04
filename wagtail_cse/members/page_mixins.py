"""The public face of an organisation, as a page; the concrete class stands in `pages` or in the site."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

#: What a profile's text may contain: everything that the form in the front end can show and keep.
MISSION_FEATURES = ["h3", "bold", "italic", "ul", "ol", "link"]


def lines(text: str) -> list[str]:
    """The non-empty lines of a text field in which one line is one item."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class OrganisationPageMixin(models.Model):
    """Texts of a profile in one language. Facts (name, country, languages) stand on the Organisation.

    Use it in front of `Page`: `class OrganisationPage(OrganisationPageMixin, Page)`. One page per organisation
    and language; `title` follows the organisation's name.
    """

    organisation = models.ForeignKey(
        "cse_members.Organisation", models.PROTECT, related_name="+", verbose_name=_("Organisation")
    )
    intro = models.TextField(
        _("In one sentence"),
        max_length=300,
        blank=True,
        help_text=_("Who you are and what you do, as you would say it to a neighbour."),
    )
    mission = RichTextField(_("What we do"), blank=True, features=MISSION_FEATURES)
    themes = models.CharField(
        _("Works on"), max_length=300, blank=True, help_text=_("A few words, separated by commas.")
    )
    target_groups = models.CharField(
        _("Works with"), max_length=300, blank=True, help_text=_("A few words, separated by commas.")
    )
    offers = models.TextField(_("What we can show"), blank=True, max_length=2000, help_text=_("One thing per line."))
    needs = models.TextField(_("What we look for"), blank=True, max_length=2000, help_text=_("One thing per line."))
    logo = models.ForeignKey(
        get_image_model_string(), models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Logo")
    )
    contact_note = models.TextField(
        _("How to reach us"),
        blank=True,
        max_length=500,
        help_text=_("Everybody can read this. Leave out the addresses and numbers of persons."),
    )

    template = "wagtail_cse/members/organisation_profile.html"

    search_fields = [
        *Page.search_fields,
        index.SearchField("intro"),
        index.SearchField("mission"),
        index.SearchField("themes"),
        index.SearchField("target_groups"),
        index.SearchField("offers"),
        index.SearchField("needs"),
        index.FilterField("organisation"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("organisation"),
        FieldPanel("intro"),
        FieldPanel("mission"),
        MultiFieldPanel([FieldPanel("themes"), FieldPanel("target_groups")], heading=_("Fields of work")),
        MultiFieldPanel([FieldPanel("offers"), FieldPanel("needs")], heading=_("We offer, we look for")),
        FieldPanel("logo"),
        FieldPanel("contact_note"),
    ]

    class Meta:
        abstract = True

    @property
    def offer_lines(self) -> list[str]:
        return lines(self.offers)

    @property
    def need_lines(self) -> list[str]:
        return lines(self.needs)

    def get_search_summary(self) -> str:
        return self.intro

    def get_search_body(self) -> str:
        """Everything else that stands on the profile, for `search`."""
        facts = (self.themes, self.target_groups, self.organisation.city)
        return " ".join([self.mission.replace("<", " <"), self.offers, self.needs, *facts])

    def serve(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """The page; 404 while the organisation is suspended or closed, whatever the page's own state."""
        if not self.organisation.is_public:
            raise Http404
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .profiles import profile_context

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return context | profile_context(self, request.user)


class DirectoryPageMixin(models.Model):
    """The public list of member organisations as the section's own page; profiles stand below it."""

    template = "wagtail_cse/members/organisation_directory.html"

    class Meta:
        abstract = True

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .directory import directory_context

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        return context | directory_context(request)
