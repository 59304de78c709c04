"""The public list of member organisations: what is in it, how it is narrowed, how much there is of each."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.utils import translation
from django_countries import countries
from wagtail.models import Page

from .conf import settings
from .models import Organisation, Side
from .names import fold
from .profiles import best_profile, profile_model
from .querysets import OrganisationQuerySet
from .working_languages import LANGUAGES, language_names


def public_profiles() -> Any:
    """Live profile pages that everybody may read, aliases left out."""
    model = profile_model()
    if model is None:
        return Page.objects.none()
    return model.objects.live().public().filter(alias_of=None)


def in_directory() -> OrganisationQuerySet:
    """Members with a public profile in at least one language."""
    if profile_model() is None:
        return Organisation.objects.none()
    return Organisation.objects.members().filter(pk__in=public_profiles().values("organisation_id"))


def directory_context(request: Any) -> dict[str, Any]:
    """Variables of the directory's template: `organisations`, `page_obj`, `facets`, `query`, `total`.

    The number of queries does not depend on the number of organisations.
    """
    base = in_directory()
    query = request.GET.get("q", "").strip()[:100]
    chosen = {name: _chosen(request, name, values) for name, values in _values().items()}
    found = base.named(query)
    rows = narrowed(found, chosen).order_by("name", "pk")
    page_obj = Paginator(rows, settings.page_size).get_page(request.GET.get("page"))
    return {
        "organisations": _cards(request, list(page_obj)),
        "page_obj": page_obj,
        "total": page_obj.paginator.count,
        "query": query,
        "narrowed": bool(query or any(chosen.values())),
        "facets": [
            {"name": "side", "label": translation.gettext("Side"), "options": _sides(found, chosen)},
            {"name": "country", "label": translation.gettext("Country"), "options": _countries(found, chosen)},
            {"name": "language", "label": translation.gettext("Language"), "options": _languages(found, chosen)},
        ],
    }


def _values() -> dict[str, Any]:
    return {"side": set(Side.values), "country": set(countries.countries), "language": set(LANGUAGES)}


def _chosen(request: Any, name: str, allowed: set[str]) -> list[str]:
    return [value for value in request.GET.getlist(name) if value in allowed]


def narrowed(rows: OrganisationQuerySet, chosen: dict[str, list[str]], but: str = "") -> OrganisationQuerySet:
    """`rows` with the choices of all facets, or of all but one: its own counts must not shrink by itself."""
    if chosen["side"] and but != "side":
        rows = rows.filter(side__in=chosen["side"])
    if chosen["country"] and but != "country":
        rows = rows.filter(country__in=chosen["country"])
    if chosen["language"] and but != "language":
        rows = rows.speaking(chosen["language"])
    return rows


def _options(labels: dict[str, Any], counts: dict[str, int], chosen: list[str]) -> list[dict[str, Any]]:
    return [
        {"value": value, "label": label, "count": counts.get(value, 0), "checked": value in chosen}
        for value, label in labels.items()
        if counts.get(value) or value in chosen
    ]


def _counts(rows: OrganisationQuerySet, field: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(field).annotate(number=Count("pk")))


def _sides(rows: OrganisationQuerySet, chosen: dict[str, list[str]]) -> list[dict[str, Any]]:
    return _options(dict(Side.choices), _counts(narrowed(rows, chosen, but="side"), "side"), chosen["side"])


def _countries(rows: OrganisationQuerySet, chosen: dict[str, list[str]]) -> list[dict[str, Any]]:
    counts = _counts(narrowed(rows, chosen, but="country"), "country")
    labels = {code: countries.name(code) for code in sorted({*counts, *chosen["country"]}, key=_by_name)}
    return _options(labels, counts, chosen["country"])


def _by_name(code: str) -> str:
    return fold(str(countries.name(code)))


def _languages(rows: OrganisationQuerySet, chosen: dict[str, list[str]]) -> list[dict[str, Any]]:
    rows = narrowed(rows, chosen, but="language").with_languages_text().order_by()
    # Tags such as zh-Hant: an alias may hold no hyphen.
    counted = rows.aggregate(
        **{
            f"n_{code.replace('-', '_')}": Count("pk", filter=Q(languages_text__contains=f'"{code}"'))
            for code in LANGUAGES
        }
    )
    counts = {code: counted[f"n_{code.replace('-', '_')}"] for code in LANGUAGES}
    return _options(LANGUAGES, counts, chosen["language"])


def _cards(request: Any, organisations: list[Organisation]) -> list[dict[str, Any]]:
    pages: dict[int, list[Any]] = {}
    if organisations:
        for page in public_profiles().filter(organisation__in=organisations).select_related("locale"):
            pages.setdefault(page.organisation_id, []).append(page)
    cards = []
    for organisation in organisations:
        page = best_profile(pages.get(organisation.pk, []))
        cards.append(
            {
                "organisation": organisation,
                "url": page.get_url(request) if page else "",
                "intro": page.intro if page else "",
                "intro_lang": page.locale.language_code if page else "",
                "languages": language_names(organisation.languages),
            }
        )
    return cards
