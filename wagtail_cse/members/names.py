"""What an organisation gets once, from its name: an address, initials, and a mark that differs from the others'."""

from __future__ import annotations

import re
from collections import Counter

from anyascii import anyascii
from django.utils.text import slugify

from wagtail_cse.access.models import Party

from .models import Organisation

SHAPES = ("round", "leaf", "arch", "drop", "hex", "oct", "square")

#: Neighbours in this order differ strongly, also for people who see fewer colours.
COLOURS = (1, 9, 6, 5, 8, 12, 3, 11, 2, 10, 4, 7)

#: Words that say what kind of body it is, or only join others: no initials from them.
SMALL_WORDS = frozenset(
    {
        *("derneği", "dernegi", "dernek", "vakfı", "vakfi", "vakıf", "vakif", "ve", "için", "ile"),
        *("association", "foundation", "network", "of", "the", "and", "for"),
        *("associazione", "fondazione", "di", "dei", "del", "della", "delle", "degli", "per", "e"),
        *("και", "του", "της", "των", "για", "verein", "und", "für"),
    }
)

RESERVED_SLUGS = frozenset({"new", "page"})


def fold(text: str) -> str:
    """Lower-case ASCII for addresses and for comparing: `Işık Derneği` becomes `isik-dernegi`, in every script."""
    return slugify(anyascii(text.replace("ı", "i").replace("İ", "I")))


def spellings(text: str) -> set[str]:
    """`izmir` as typed, and as it may be stored: `İzmir`, `İZMİR`. Databases do not know the Turkish i."""
    lower = text.replace("İ", "i").replace("I", "ı").lower()
    upper = text.replace("i", "İ").replace("ı", "I").upper()
    return {text, lower, upper, upper[:1] + lower[1:]}


def new_slug(name: str) -> str:
    """An address that no other organisation has, at most 80 characters."""
    base = fold(name)[:70].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED_SLUGS
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def initials_of(name: str, *, turkish: bool = False) -> str:
    """Two letters: of the first two telling words, or the first two of the only one.

    `turkish` makes `i` an `İ`: upper case depends on the language.
    """
    words = re.findall(r"[^\W\d_]+", name)
    telling = [word for word in words if word.lower() not in SMALL_WORDS] or words
    letters = "".join(word[0] for word in telling[:2]) if len(telling) > 1 else "".join(telling)[:2]
    if turkish:
        letters = letters.replace("i", "İ").replace("ı", "I")
    return letters.upper()[:3] or "?"


def next_mark() -> tuple[int, str]:
    """Colour (1 to 12) and shape of a new organisation: the colour used least, in the shape used least with it.

    Never from country or side: a mark says who, not where from.
    """
    used = Counter(Party.objects.values_list("colour", "shape"))
    by_colour: Counter[int] = Counter()
    by_shape: Counter[str] = Counter()
    for (colour, shape), number in used.items():
        by_colour[colour] += number
        by_shape[shape] += number
    colour = min(COLOURS, key=lambda c: (by_colour[c], COLOURS.index(c)))
    shape = min(SHAPES, key=lambda s: (used[(colour, s)], by_shape[s], SHAPES.index(s)))
    return colour, shape
