"""What a network needs on a site: finding what is missing, and making it when somebody says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from wagtail_cse.access.models import Grant, Space
from wagtail_cse.access.roles import Role
from wagtail_cse.core import sections
from wagtail_cse.core.sections import Section
from wagtail_cse.languages.ancestors import publish_section, section_words, translate_section


@dataclass(frozen=True)
class Missing:
    """One thing that does not exist yet. `key` names it in forms; `preset`: made unless somebody says no."""

    key: str
    sentence: str
    site: Site | None = None
    section: Section | None = None
    root: Page | None = None
    preset: bool = True


def language_name(code: str) -> str:
    """The language in the language of the reader: “Turkish”."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return dict(settings.LANGUAGES).get(code, code)


def missing() -> list[Missing]:
    """Everything that `create` would make, in the order in which it is made. Reads only."""
    found = []
    if not Space.objects.filter(kind="network").exists():
        found.append(Missing("network", _("The space of the network, which all its members share")))
    for site in Site.objects.select_related("root_page").order_by("-is_default_site", "pk"):
        found.extend(_missing_sections(site))
    return found


def _missing_sections(site: Site) -> Iterable[Missing]:
    used = any(section.pages(site).exists() for section in sections.all())
    for root in site.root_page.get_translations(inclusive=True).select_related("locale").order_by("path"):
        if root.alias_of_id is not None:
            continue
        for section in sections.all():
            if section.index_model is None or section.pages(site).filter(locale=root.locale).exists():
                continue
            title, slug = section_words(section, root.locale, root)
            yield Missing(
                key=f"{section.name}-{site.pk}-{root.locale.language_code}",
                sentence=_("%(site)s, in %(language)s: the page “%(title)s” at %(address)s")
                % {
                    "site": site.site_name or site.hostname,
                    "language": language_name(root.locale.language_code),
                    "title": title,
                    "address": f"{root.url or root.url_path}{slug}/",
                },
                site=site,
                section=section,
                root=root,
                # A second site of the same installation is asked for, never assumed.
                preset=site.is_default_site or used,
            )


def create(item: Missing, user: Any) -> Page | Space:
    """Make one missing thing. Section pages of one Site are translations of each other."""
    if item.section is None or item.root is None or item.site is None:
        from wagtail_cse.access.network import network_space

        return network_space()
    existing = item.section.pages(item.site).first()
    if existing is not None:
        return translate_section(existing, item.section, item.root.locale, user)
    title, slug = section_words(item.section, item.root.locale, item.root)
    page = item.section.index_model(title=title, slug=slug, locale=item.root.locale, live=False)
    return publish_section(Page.objects.get(pk=item.root.pk).add_child(instance=page), user)


def has_secretariat() -> bool:
    """Whether anybody coordinates the network."""
    grants = Grant.objects.filter(space__kind="network", role=Role.COORDINATOR)
    return grants.to_people().exists() or grants.to_parties().exists()


def workspace_copies() -> list[tuple[Any, Locale]]:
    """Workspaces that lack a page in a language for which the section exists."""
    from wagtail_cse.partnerships import page_models
    from wagtail_cse.partnerships.models import Partnership

    if page_models.get() is None:
        return []
    partnerships = Partnership.objects.exclude(page=None).select_related("page", "space")
    return [
        (partnership, locale)
        for partnership in partnerships
        for locale in page_models.missing_locales(partnership.page)
    ]
