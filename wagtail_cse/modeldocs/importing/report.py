"""What an import left out or changed, counted while reading, told in sentences in the reader's language."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.utils.translation import ngettext


class Report:
    """Counts by kind (`KINDS` below), and the names of unknown elements."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.names: set[str] = set()

    def add(self, kind: str, number: int = 1, name: str = "") -> None:
        if kind not in _SENTENCES:
            raise KeyError(kind)
        self.counts[kind] += number
        if name:
            self.names.add(name)

    def as_json(self) -> list[dict[str, Any]]:
        """The stored form: `[{"kind", "count", "names"?}, ...]` in a fixed order."""
        rows: list[dict[str, Any]] = []
        for kind in _SENTENCES:
            if self.counts[kind]:
                row: dict[str, Any] = {"kind": kind, "count": self.counts[kind]}
                if kind == "unknown" and self.names:
                    row["names"] = sorted(self.names)[:20]
                rows.append(row)
        return rows


def sentences(rows: list[dict[str, Any]]) -> list[str]:
    """One sentence per stored row, in the active language; rows of unknown kind are left out."""
    result = []
    for row in rows:
        make = _SENTENCES.get(row.get("kind", ""))
        if make:
            count = int(row.get("count", 1))
            result.append(make(count) % {"count": count, "names": ", ".join(row.get("names", []))})
    return result


def _script(n: int) -> str:
    return ngettext("%(count)d script was left out.", "%(count)d scripts were left out.", n)


def _style(n: int) -> str:
    return ngettext(
        "%(count)d style sheet was left out: the text takes the look of this site.",
        "%(count)d style sheets were left out: the text takes the look of this site.",
        n,
    )


def _comment(n: int) -> str:
    return ngettext("%(count)d comment was left out.", "%(count)d comments were left out.", n)


def _unknown(n: int) -> str:
    return ngettext(
        "%(count)d unknown element was dissolved, its text was kept: %(names)s.",
        "%(count)d unknown elements were dissolved, their text was kept: %(names)s.",
        n,
    )


def _embedded(n: int) -> str:
    return ngettext(
        "%(count)d embedded object (video, frame, chart or file) was left out.",
        "%(count)d embedded objects (videos, frames, charts or files) were left out.",
        n,
    )


def _drawing(n: int) -> str:
    return ngettext("%(count)d drawing was left out.", "%(count)d drawings were left out.", n)


def _formula(n: int) -> str:
    return ngettext("%(count)d formula was left out.", "%(count)d formulas were left out.", n)


def _field(n: int) -> str:
    return ngettext("%(count)d form field was left out.", "%(count)d form fields were left out.", n)


def _remote_image(n: int) -> str:
    return ngettext(
        "%(count)d image was left out because it is not in the file but somewhere else.",
        "%(count)d images were left out because they are not in the file but somewhere else.",
        n,
    )


def _bad_image(n: int) -> str:
    return ngettext(
        "%(count)d image was left out because its format is not supported or it is too large.",
        "%(count)d images were left out because their format is not supported or they are too large.",
        n,
    )


def _link(n: int) -> str:
    return ngettext(
        "%(count)d link was removed because its address is not a web, mail or telephone address; its text was kept.",
        "%(count)d links were removed because their addresses are not web, mail or telephone addresses; "
        "their text was kept.",
        n,
    )


def _hidden(n: int) -> str:
    return ngettext("%(count)d hidden passage was left out.", "%(count)d hidden passages were left out.", n)


def _deleted(n: int) -> str:
    return ngettext(
        "%(count)d tracked deletion was applied: the deleted words were left out.",
        "%(count)d tracked deletions were applied: the deleted words were left out.",
        n,
    )


def _inserted(n: int) -> str:
    return ngettext(
        "%(count)d tracked insertion was applied: the words are part of the text now.",
        "%(count)d tracked insertions were applied: the words are part of the text now.",
        n,
    )


def _note(n: int) -> str:
    return ngettext(
        "%(count)d footnote was moved to the end of the text.",
        "%(count)d footnotes were moved to the end of the text.",
        n,
    )


def _text_box(n: int) -> str:
    return ngettext(
        "The text of %(count)d text box was placed after the paragraph beside which it stood.",
        "The text of %(count)d text boxes was placed after the paragraphs beside which they stood.",
        n,
    )


def _nested_table(n: int) -> str:
    return ngettext(
        "%(count)d table inside another table, a list or a quotation became paragraphs.",
        "%(count)d tables inside another table, a list or a quotation became paragraphs.",
        n,
    )


def _header_footer(n: int) -> str:
    return ngettext(
        "The text of %(count)d page header or footer was left out.",
        "The texts of %(count)d page headers or footers were left out.",
        n,
    )


def _contents(n: int) -> str:
    return ngettext(
        "%(count)d table of contents was left out: it is made anew from the headings.",
        "%(count)d tables of contents were left out: they are made anew from the headings.",
        n,
    )


def _levels(n: int) -> str:
    return ngettext(
        "%(count)d heading deeper than the third level was raised to the third level.",
        "%(count)d headings deeper than the third level were raised to the third level.",
        n,
    )


def _symbol(n: int) -> str:
    return ngettext(
        "%(count)d sign from a symbol font was left out.", "%(count)d signs from a symbol font were left out.", n
    )


_SENTENCES = {
    "script": _script,
    "style": _style,
    "comment": _comment,
    "unknown": _unknown,
    "embedded": _embedded,
    "drawing": _drawing,
    "formula": _formula,
    "field": _field,
    "remote_image": _remote_image,
    "bad_image": _bad_image,
    "link": _link,
    "hidden": _hidden,
    "deleted": _deleted,
    "inserted": _inserted,
    "note": _note,
    "text_box": _text_box,
    "nested_table": _nested_table,
    "header_footer": _header_footer,
    "contents": _contents,
    "levels": _levels,
    "symbol": _symbol,
}
KINDS = tuple(_SENTENCES)
