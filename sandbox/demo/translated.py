"""The published text in Turkish, through wagtail-localize, as a translator would bring it in."""

from __future__ import annotations

from pathlib import Path

from lxml import html
from wagtail.models import Locale

from wagtail_cse.access.actors import Actor
from wagtail_cse.languages.actions import PublishTranslation, StartTranslation
from wagtail_cse.modeldocs.models import ModelDocument
from wagtail_cse.modeldocs.page_mixins import ModelPageMixin

SUMMARY = "Gaziantep’te ve Selanik’te birer mutfak: misafirler nasıl aşçı oldu, kaça mal oldu ve telefonlar neden kapıda kalıyor."
PICTURE = {
    "The table seen from above: twenty plates in two rows, three bowls in the middle, and no end that is the head.": (
        "Sofranın yukarıdan görünüşü: iki sırada yirmi tabak, ortada üç kâse; baş köşe yok."
    )
}
BLOCKS = "//h1 | //h2 | //h3 | //p | //th | //td"


def into_turkish(model_document: ModelDocument, texts: Path, translator: Actor) -> None:
    page = model_document.publications.get().page.specific
    locale = Locale.objects.get(language_code="tr")
    target = StartTranslation(actor=translator, page=page, locale=locale).execute().specific
    fill(page, locale, pairs(texts), translator)
    PublishTranslation(actor=translator, page=target).execute()


def pairs(texts: Path) -> dict[str, str]:
    """English text -> Turkish text, block by block of the two files."""
    english, turkish = (
        [" ".join(node.text_content().split()) for node in parsed(texts / f"long-table.{code}.html").xpath(BLOCKS)]
        for code in ("en", "tr")
    )
    return dict(zip(english, turkish, strict=True)) | PICTURE


def parsed(path: Path) -> html.HtmlElement:
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def fill(page: ModelPageMixin, locale: Locale, words: dict[str, str], translator: Actor) -> None:
    from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

    source = TranslationSource.objects.get_for_instance(page)
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        text = segment.string.data
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            data=SUMMARY if text == page.summary else words[text],
            last_translated_by=translator.user,
        )
