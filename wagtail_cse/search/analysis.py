"""Words to tokens, the same for every database.

Each word gives up to three tokens, told apart by their first letter:

* `a...` the folded word: case, accents and look-alike letters removed (İstanbul = ISTANBUL = istanbul; Işık = ışık;
  Αθήνα = ΑΘΗΝΑ),
* `b<lang>...` its stem in one language (Snowball), folded,
* `c...` its first five letters, for Turkish: Snowball splits Turkish word families (belediye, belediyesi,
  belediyelerle), the first letters hold them together.

A text is stemmed in its own language only; a query word in every language of the site, because one word does not
tell its language.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

#: Snowball's name for the languages it knows.
STEMMERS = {
    "ar": "arabic",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ro": "romanian",
    "tr": "turkish",
}
#: Languages whose word families the stemmer splits.
FIRST_FIVE = frozenset({"tr", "az"})
APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`´", "'"))
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
#: Letters that NFKD leaves alone; ς and the alef forms are spelling variants of one letter.
LETTERS = str.maketrans(
    {
        "ı": "i",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ς": "σ",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ى": "ي",
        "ة": "ه",
        "ـ": None,
    }
)
#: Italian and French articles and pronouns that are written onto the word: l'istruzione.
ELIDED = (
    "c l all dall dell nell sull coll pell gl agl dagl degl negl sugl un m t s v d quell quest sant",
    "l m t qu n s j d c jusqu quoiqu lorsqu puisqu",
)
ELISION = frozenset(" ".join(ELIDED).split())


def fold(word: str) -> str:
    """Case, accents and look-alikes removed; empty if nothing is left."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return plain.casefold().translate(LETTERS)


def lower(word: str, language: str) -> str:
    """Lower case by the rules of the language: in Turkish I becomes ı and İ becomes i."""
    if language in FIRST_FIVE:
        word = word.replace("İ", "i").replace("I", "ı")
    return word.lower()


def base(language: str) -> str:
    """The primary subtag: `pt-br` is `pt`."""
    return language.split("-", 1)[0].lower()


@lru_cache(maxsize=16)
def _stemmer(language: str):
    name = STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The folded stem of a word, or its fold where no stemmer is known."""
    stemmer = _stemmer(language)
    return fold(stemmer.stemWord(lower(word, language)) if stemmer else word)


def words(text: str) -> Iterable[tuple[str, int, int]]:
    """The words of a text with their place: (word, start, end); an elided article is not part of the word."""
    for match in WORD.finditer(text.translate(APOSTROPHES)):
        word, start, end = match.group(), match.start(), match.end()
        head, apostrophe, tail = word.partition("'")
        if apostrophe:
            if head.lower() in ELISION and len(tail) > 2:  # l'istruzione
                word, start = tail, start + len(head) + 1
            else:  # İzmir'de, network's
                word = head
        yield word, start, end


def variants(word: str, language: str) -> tuple[str, ...]:
    """The tokens of one word of a text in `language`."""
    language = base(language)
    folded = fold(word)
    if not folded:
        return ()
    found = [f"a{folded}"]
    if language in STEMMERS:
        found.append(f"b{language}{stem(word, language)}")
    if language in FIRST_FIVE and len(folded) >= 5:
        found.append(f"c{folded[:5]}")
    return tuple(found)


def tokens(text: str, language: str) -> list[str]:
    """All tokens of a text, in order, with repetitions."""
    return [token for word, _start, _end in words(text) for token in variants(word, language)]


def query_tokens(text: str, languages: Iterable[str]) -> list[tuple[str, ...]]:
    """For each word of a query the tokens that would answer it (any of them), in the site's languages."""
    codes = list(dict.fromkeys(base(code) for code in languages))
    groups = []
    for word, _start, _end in words(text):
        group = dict.fromkeys(token for code in codes for token in variants(word, code))
        if group:
            groups.append(tuple(group))
    return groups[:12]


def hits(text: str, language: str, groups: list[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Where in `text` the words of a query stand: [(start, end)], in order."""
    wanted = {token for group in groups for token in group}
    return [(start, end) for word, start, end in words(text) if not wanted.isdisjoint(variants(word, language))]
