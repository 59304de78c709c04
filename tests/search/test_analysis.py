"""Pairs of words that must meet, and that must not."""

import pytest

from wagtail_cse.search import analysis

SITE = ["en", "tr", "el", "it"]

MEET = [
    ("en", "volunteers", "volunteer"),
    ("en", "Refugees", "refugee"),
    ("tr", "İstanbul", "istanbul"),
    ("tr", "ISTANBUL", "istanbul"),
    ("tr", "Işık", "IŞIK"),
    ("tr", "Işık", "isik"),
    ("tr", "mültecilerle", "mülteci"),
    ("tr", "belediyelerle", "belediye"),
    ("tr", "kadınlar", "kadın"),
    ("tr", "İzmir’de", "izmir"),
    ("tr", "gönüllülerle", "gonullu"),
    ("el", "ΑΘΗΝΑ", "Αθήνα"),
    ("el", "πρόσφυγες", "προσφυγες"),
    ("it", "l’istruzione", "istruzione"),
    ("it", "volontari", "volontario"),
]


@pytest.mark.parametrize(("language", "text", "asked"), MEET)
def test_these_meet(language, text, asked):
    tokens = set(analysis.tokens(text, language))
    assert all(tokens & set(group) for group in analysis.query_tokens(asked, SITE))


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("tr", "göçmen", "göç yolu"),
        ("tr", "sığınmacı", "mülteci"),
        ("en", "model", "modest"),
        ("it", "casa", "caso estremo"),
    ],
)
def test_these_do_not_meet(language, text, asked):
    tokens = set(analysis.tokens(text, language))
    assert not all(tokens & set(group) for group in analysis.query_tokens(asked, SITE))


def test_hits_point_at_the_words_as_they_stand():
    text = "Mülteci gönüllülerle çalışırken"
    groups = analysis.query_tokens("gonullu", SITE)
    assert [text[a:b] for a, b in analysis.hits(text, "tr", groups)] == ["gönüllülerle"]


def test_quotes_and_operators_are_only_text():
    assert analysis.query_tokens('" AND ( * ) -', SITE) == analysis.query_tokens("and", SITE)
