"""Styles and numbering of a DOCX: what a paragraph or a run is, whatever it looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from .package import Package

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def w(name: str) -> str:
    """`w("p")` is the qualified name of `w:p`."""
    return f"{{{W}}}{name}"


def value(parent: etree._Element | None, path: str) -> str | None:
    """`w:val` of the element at `path` ("pPr/pStyle"), None when there is none."""
    if parent is None:
        return None
    found = parent.find("/".join(w(part) for part in path.split("/")))
    return None if found is None else found.get(w("val"), "")


def switched(parent: etree._Element | None, name: str) -> bool | None:
    """A toggle such as `w:b`: True, False, or None when it is not said."""
    found = parent.find(w(name)) if parent is not None else None
    if found is None:
        return None
    return found.get(w("val"), "true") not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Style:
    name: str
    based_on: str | None
    element: etree._Element


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A paragraph's place in a list: which counter, how deep, numbered or not, and its number."""

    counter: str
    level: int
    ordered: bool
    number: int


class Styles:
    """Styles by id; a chain goes from a style to those that it is based on."""

    def __init__(self, root: etree._Element | None):
        self._styles: dict[str, Style] = {}
        self.language = ""
        if root is None:
            return
        for one in root.iterfind(w("style")):
            name = (value(one, "name") or "").strip().lower()
            self._styles[one.get(w("styleId"), "")] = Style(name, value(one, "basedOn"), one)
        lang = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('lang')}")
        self.language = lang.get(w("val"), "") if lang is not None else ""
        if not self.language:
            normal = next((one.element for one in self._styles.values() if one.name == "normal"), None)
            lang = normal.find(f"{w('rPr')}/{w('lang')}") if normal is not None else None
            self.language = lang.get(w("val"), "") if lang is not None else ""

    def chain(self, key: str | None) -> list[Style]:
        result: list[Style] = []
        seen: set[str] = set()
        while key and key in self._styles and key not in seen:
            seen.add(key)
            result.append(self._styles[key])
            key = self._styles[key].based_on
        return result

    def name(self, key: str | None) -> str:
        """The built-in (English) name in lower case, for example "heading 1"; Word keeps it in every language."""
        style = self._styles.get(key or "")
        return style.name if style else ""

    def heading_level(self, properties: etree._Element | None) -> int:
        """1..9 for a heading, 0 for anything else."""
        for style in self.chain(value(properties, "pStyle")):
            found = re.fullmatch(r"heading ([1-9])", style.name)
            if found:
                return int(found.group(1))
            level = value(style.element, "pPr/outlineLvl")
            if level is not None and level.isdigit() and int(level) < 9:
                return int(level) + 1
        return 0


@dataclass(slots=True)
class Numbering:
    """Resolves `w:numPr`, and counts, because a list may go on after a paragraph."""

    #: (numId, level) -> (counter, ordered, first number)
    levels: dict[tuple[str, int], tuple[str, bool, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Numbering:
        result = cls()
        if root is None:
            return result
        abstract = {one.get(w("abstractNumId"), ""): one for one in root.iterfind(w("abstractNum"))}
        for number in root.iterfind(w("num")):
            key = number.get(w("numId"), "")
            base = value(number, "abstractNumId") or ""
            result._add(key, base, number, abstract.get(base))
        return result

    def _add(self, key: str, base: str, number: etree._Element, abstract: etree._Element | None) -> None:
        own = {one.get(w("ilvl")): one for one in number.iterfind(w("lvlOverride"))}
        levels = {one.get(w("ilvl")): one for one in abstract.iterfind(w("lvl"))} if abstract is not None else {}
        for depth in range(9):
            override = own.get(str(depth))
            level = levels.get(str(depth))
            if override is not None and override.find(w("lvl")) is not None:
                level = override.find(w("lvl"))
            restart = value(override, "startOverride") if override is not None else None
            first = restart or value(level, "start") or "1"
            ordered = value(level, "numFmt") not in (None, "bullet", "none")
            counter = f"n{key}" if own else f"a{base}"
            self.levels[key, depth] = (counter, ordered, int(first) if first.isdigit() else 1)

    def place(self, key: str, depth: int, extra: int = 0) -> ListPlace | None:
        """Count one item of list `key` (numId) at `depth`, shown `extra` levels deeper; None: no such list."""
        found = self.levels.get((key, depth))
        if found is None:
            return None
        counter, ordered, first = found
        counts = self.counts.setdefault(counter, {})
        counts[depth] = counts[depth] + 1 if depth in counts else first
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return ListPlace(counter, depth + extra, ordered, counts[depth])


#: Word's own styles for deeper items are lists of their own, at level 0, that only stand further in.
_DEEPER = re.compile(r"list (?:bullet|number) ([2-5])")


def numbering_of(properties: etree._Element | None, styles: Styles) -> tuple[str, int, int] | None:
    """(numId, level, levels deeper by style) of a paragraph: its own, else that of its style."""
    sources = [properties] if properties is not None else []
    sources += [style.element.find(w("pPr")) for style in styles.chain(value(properties, "pStyle"))]
    depth: str | None = None
    for source in sources:
        level = value(source, "numPr/ilvl")
        depth = depth if depth is not None else level
        key = value(source, "numPr/numId")
        if key is not None:
            if key == "0":
                return None
            named = _DEEPER.fullmatch(styles.name(value(properties, "pStyle")))
            number = int(depth) if depth and depth.isdigit() else 0
            return key, number, int(named.group(1)) - 1 if named and not number else 0
    return None


def load(package: Package) -> tuple[Styles, Numbering]:
    """Styles and numbering of the package's main part."""
    parts = {kind.rsplit("/", 1)[-1]: target for kind, target, _out in package.relations(package.main).values()}
    return Styles(package.xml(parts.get("styles", ""))), Numbering.of(package.xml(parts.get("numbering", "")))
