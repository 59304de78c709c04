"""Public sections: which page type holds them, and where pages of ours are made.

A domain app registers its section in `AppConfig.ready()` and makes its pages through it; so no app needs to know the
concrete page types, which may be the site's own (`WAGTAIL_CSE_<APP>_INDEX_PAGE_MODEL`,
`WAGTAIL_CSE_<APP>_PAGE_MODEL`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q
from django.utils.functional import Promise
from wagtail.models import Locale, Page, Site

from .conf import AppSettings

if TYPE_CHECKING:
    from django.db.models import QuerySet

_sections: dict[str, Section] = {}


@dataclass(frozen=True)
class Section:
    """One section of the site, such as the directory of organisations.

    `app` is the part of the settings' names ("PARTNERSHIPS"); the defaults are "<app label>.<Model>". `title` and
    `slug` are what a new section page gets, in the language active when it is made.
    """

    name: str
    app: str
    title: str | Promise
    slug: str | Promise
    default_index: str
    default_page: str
    order: int = 100

    def _model(self, setting: str, default: str) -> type[Page] | None:
        settings = AppSettings(f"WAGTAIL_CSE_{self.app}_")
        label = settings._get(setting, default)
        try:
            return apps.get_model(label)
        except (LookupError, ValueError) as error:
            if label == default:
                return None
            raise ImproperlyConfigured(f"WAGTAIL_CSE_{self.app}_{setting} names no model: {label!r}") from error

    @property
    def index_model(self) -> type[Page] | None:
        """The type of the section's own page; None when `wagtail_cse.pages` is left out and nothing else is set."""
        return self._model("INDEX_PAGE_MODEL", self.default_index)

    @property
    def page_model(self) -> type[Page] | None:
        """The type of the pages in it; None like `index_model`."""
        return self._model("PAGE_MODEL", self.default_page)

    def pages(self, site: Site) -> QuerySet[Page]:
        """The section's pages of one Site, in every language."""
        model = self.index_model
        if model is None:
            return Page.objects.none()
        trees = Q()
        for root in site.root_page.get_translations(inclusive=True):
            trees |= Q(path__startswith=root.path)
        return model.objects.filter(trees).exclude(alias_of__isnull=False).order_by("path")

    def find(self, site: Site | None = None, locale: Locale | None = None) -> Page | None:
        """The page below which new pages are made, or None when the section was not set up.

        Without `site`: the default Site, else the first that has the section (there is one network per installation).
        Without `locale`: the language of the Site's root page.
        """
        sites = [site] if site else list(Site.objects.select_related("root_page").order_by("-is_default_site", "pk"))
        for candidate in sites:
            wanted = locale or candidate.root_page.locale
            page = self.pages(candidate).filter(locale=wanted).first()
            if page is not None:
                return page
        return None


def register(section: Section) -> None:
    """Make a section known; called in `AppConfig.ready()`. The last registration of a name wins."""
    _sections[section.name] = section


def get(name: str) -> Section:
    """The section of that name; KeyError when no app registered it."""
    return _sections[name]


def all() -> list[Section]:
    """Every section, in the order in which they are set up."""
    return sorted(_sections.values(), key=lambda section: (section.order, section.name))
