"""The site's home page in its four languages, as the people who run a site would have made it."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Locale, Page, Site

from .models import HomePage

WORDS = {
    "en": (
        "Neighbours in two countries",
        "Organisations from Turkey and Europe work on the same questions, and write down what helped.",
    ),
    "tr": (
        "İki ülkeden komşular",
        "Türkiye’den ve Avrupa’dan kuruluşlar aynı sorular üzerinde çalışıyor, işe yarayanı birlikte yazıyor.",
    ),
    "el": (
        "Γείτονες σε δύο χώρες",
        "Οργανώσεις από την Τουρκία και την Ευρώπη δουλεύουν πάνω στα ίδια ερωτήματα και γράφουν τι βοήθησε.",
    ),
    "it": (
        "Vicini di due paesi",
        "Organizzazioni della Turchia e dell’Europa lavorano sulle stesse domande e scrivono che cosa è servito.",
    ),
}


def make_home_pages() -> None:
    """Home pages for every language of the site, once; Wagtail's welcome page goes."""
    if HomePage.objects.exists():
        return
    root = Page.get_first_root_node()
    for page in root.get_children():
        page.delete()
    first = None
    for code, _name in settings.LANGUAGES:
        locale, _made = Locale.objects.get_or_create(language_code=code)
        title, lead = WORDS.get(code, WORDS["en"])
        if first is None:
            first = Page.get_first_root_node().add_child(
                instance=HomePage(title=title, slug="home", lead=lead, locale=locale)
            )
            first.save_revision().publish()
            continue
        page = first.copy_for_translation(locale)
        page.title, page.draft_title, page.lead, page.slug = title, title, lead, f"home-{code}"
        page.save_revision().publish()
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "port": 80, "root_page": first, "site_name": "Liman"},
    )
