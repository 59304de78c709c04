"""What changed between two texts: block by block, then word by word."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any, Literal

from .render import flat_text, heading_level, to_text

Tree = dict[str, Any]
Kind = Literal["same", "ins", "del"]
Status = Literal["same", "changed", "added", "removed"]

WORDS = re.compile(r"\w+|\s+|.", re.S)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text; templates know it as `elements/diff.html` expects it."""

    kind: Kind
    text: str


@dataclass(slots=True)
class BlockDiff:
    """One top-level block. `old` and `new` are its nodes, None where it does not exist.

    `moved`: it stands among other neighbours than before. `formatting`: the words are the same, something else (a
    mark, a level, an image) differs. `parts`: the text with what came and went.
    """

    status: Status
    old: Tree | None
    new: Tree | None
    moved: bool = False
    formatting: bool = False
    parts: list[Part] = field(default_factory=list)

    @property
    def node(self) -> Tree:
        """The block as it is now, or was."""
        node = self.new or self.old
        assert node is not None
        return node

    @property
    def bid(self) -> str:
        return self.node["attrs"]["bid"]

    @property
    def old_parts(self) -> list[Part]:
        """The text before, with what went marked."""
        return [part for part in self.parts if part.kind != "ins"]

    @property
    def new_parts(self) -> list[Part]:
        """The text after, with what came marked."""
        return [part for part in self.parts if part.kind != "del"]


@dataclass(slots=True)
class SectionDiff:
    """A heading and what follows until the next heading of its level or above; `heading` None: before the first."""

    heading: Tree | None
    blocks: list[BlockDiff] = field(default_factory=list)

    @property
    def title(self) -> str:
        return flat_text(self.heading) if self.heading else ""

    @property
    def bid(self) -> str:
        return self.heading["attrs"]["bid"] if self.heading else ""

    @property
    def status(self) -> Status:
        """ "added" or "removed" when every block is; "same" when nothing differs."""
        statuses = {block.status for block in self.blocks}
        if len(statuses) == 1:
            return statuses.pop()
        return "changed"

    @property
    def moved(self) -> bool:
        return any(block.moved for block in self.blocks)

    @property
    def changed(self) -> bool:
        return self.status != "same" or self.moved


@dataclass(slots=True)
class Comparison:
    """All blocks in the order of the new text; what was removed stands where it was."""

    blocks: list[BlockDiff]

    @property
    def changed(self) -> bool:
        return any(block.status != "same" or block.moved for block in self.blocks)

    def sections(self, level: int | None = None) -> list[SectionDiff]:
        """The blocks by section of `level` (default: the highest level that occurs)."""
        headings = [block.node for block in self.blocks if block.node["type"] == "heading"]
        top = level or min(map(heading_level, headings), default=2)
        sections = [SectionDiff(None)]
        for block in self.blocks:
            if block.node["type"] == "heading" and heading_level(block.node) <= top:
                sections.append(SectionDiff(block.node))
            sections[-1].blocks.append(block)
        return [section for section in sections if section.blocks]


def compare(old: Tree, new: Tree) -> Comparison:
    """What changed from `old` to `new`.

    Blocks are recognised by their `bid`; one that was cut and pasted, and so has another, by the same content.
    """
    before, after = old.get("content", []), new.get("content", [])
    pairs = _pairs(before, after)
    keys = [("old", index) for index in range(len(before))]
    matched = {new_index: old_index for old_index, new_index in pairs.items()}
    wanted = [("old", matched[index]) if index in matched else ("new", index) for index in range(len(after))]
    blocks: list[BlockDiff] = []
    for tag, a, b, c, d in SequenceMatcher(None, keys, wanted, autojunk=False).get_opcodes():
        if tag == "equal":
            blocks += [_pair(before[x], after[y], moved=False) for x, y in zip(range(a, b), range(c, d), strict=True)]
            continue
        blocks += [_single("removed", before[index]) for index in range(a, b) if index not in pairs]
        blocks += [
            _pair(before[matched[index]], after[index], moved=True)
            if index in matched
            else _single("added", after[index])
            for index in range(c, d)
        ]
    return Comparison(blocks)


def _pairs(before: list[Tree], after: list[Tree]) -> dict[int, int]:
    """Index before -> index after of the same block."""
    places = {node["attrs"]["bid"]: index for index, node in enumerate(after)}
    pairs = {
        index: places[node["attrs"]["bid"]] for index, node in enumerate(before) if node["attrs"]["bid"] in places
    }
    taken = set(pairs.values())
    free = defaultdict(list)
    for index, node in enumerate(after):
        if index not in taken:
            free[_content(node)].append(index)
    for index, node in enumerate(before):
        if index not in pairs and to_text(node).strip() and free[_content(node)]:
            pairs[index] = free[_content(node)].pop(0)
    return pairs


def _content(node: Tree) -> str:
    attrs = {name: value for name, value in node.get("attrs", {}).items() if name != "bid"}
    # Sorted: PostgreSQL keeps the keys of a stored tree in an order of its own.
    return json.dumps([node["type"], attrs, node.get("content", [])], sort_keys=True)


def _single(status: Literal["added", "removed"], node: Tree) -> BlockDiff:
    kind: Kind = "ins" if status == "added" else "del"
    text = to_text(node)
    return BlockDiff(
        status,
        None if status == "added" else node,
        node if status == "added" else None,
        parts=[Part(kind, text)] if text else [],
    )


def _pair(old: Tree, new: Tree, *, moved: bool) -> BlockDiff:
    parts = words(to_text(old), to_text(new))
    same_words = all(part.kind == "same" for part in parts)
    same = _content(old) == _content(new)
    return BlockDiff(
        "same" if same else "changed", old, new, moved=moved, formatting=same_words and not same, parts=parts
    )


def words(old: str, new: str) -> list[Part]:
    """The two texts as runs of words that stayed, came and went."""
    left, right = WORDS.findall(old), WORDS.findall(new)
    parts: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(Part("same", "".join(left[a:b])))
            continue
        if b > a:
            parts.append(Part("del", "".join(left[a:b])))
        if d > c:
            parts.append(Part("ins", "".join(right[c:d])))
    return _calm(parts)


def _calm(parts: Iterable[Part]) -> list[Part]:
    """A single space between two changes is no island: changed phrases are read as phrases."""
    out: list[Part] = []
    gone = come = ""
    for part in parts:
        if part.kind == "del":
            gone += part.text
        elif part.kind == "ins":
            come += part.text
        elif part.text.isspace() and "\n" not in part.text and (gone or come):
            gone, come = gone + part.text, come + part.text
        else:
            out += _flushed(gone, come)
            gone = come = ""
            out.append(part)
    return _joined([*out, *_flushed(gone, come)])


def _flushed(gone: str, come: str) -> list[Part]:
    tail = ""
    while gone and come and gone[-1].isspace() and gone[-1] == come[-1]:
        tail, gone, come = gone[-1] + tail, gone[:-1], come[:-1]
    parts = [Part("del", gone)] if gone else []
    parts += [Part("ins", come)] if come else []
    return [*parts, Part("same", tail)] if tail else parts


def _joined(parts: list[Part]) -> list[Part]:
    out: list[Part] = []
    for part in parts:
        if out and out[-1].kind == part.kind:
            out[-1] = Part(part.kind, out[-1].text + part.text)
        else:
            out.append(part)
    return out
