"""Three texts into one: what I started from, what I made of it, and what others made of it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from . import markup
from .diff import WORDS
from .render import flat_text
from .tree import new_bid

Tree = dict[str, Any]


@dataclass(slots=True)
class Conflict:
    """Both changed the same words. None: it was removed."""

    mine: Tree | None
    theirs: Tree | None


@dataclass(slots=True)
class Merged:
    """The blocks of the section. Where there is a conflict they hold mine; nothing of it may be saved unasked."""

    blocks: list[Tree]
    conflicts: list[Conflict] = field(default_factory=list)


def section(tree: Tree, bid: str) -> tuple[int, int] | None:
    """Where the section below the heading `bid` begins and ends (indices of blocks, the heading not included).

    It ends before the next heading of the same or a higher level. "": from the beginning to the first heading of the
    highest level, or to the end. None: there is no such heading.
    """
    blocks = tree["content"]
    if not bid:
        levels = [block["attrs"].get("level", 2) for block in blocks if block["type"] == "heading"]
        top = min(levels, default=0)
        ends = (i for i, b in enumerate(blocks) if b["type"] == "heading" and b["attrs"].get("level", 2) == top)
        return 0, next(ends, len(blocks))
    for start, block in enumerate(blocks):
        if block["attrs"]["bid"] == bid and block["type"] == "heading":
            level = block["attrs"].get("level", 2)
            for end in range(start + 1, len(blocks)):
                if blocks[end]["type"] == "heading" and blocks[end]["attrs"].get("level", 2) <= level:
                    return start + 1, end
            return start + 1, len(blocks)
    return None


def typed(base: list[Tree], written: str) -> list[Tree]:
    """The blocks that somebody made of `base` by writing `written` in its place.

    A chunk that is as it was is the same block, with everything that the markup cannot say; one that replaces another
    keeps its id.
    """
    before = markup.write(base)
    shown = [index for index, chunk in enumerate(before) if chunk is not None]
    was, now = [before[index] for index in shown], markup.chunks(written)
    used: set[int] = set()
    out: list[Tree] = []

    def keep_up_to(end: int) -> None:
        """Empty paragraphs are not shown; they stay where they are."""
        for index in range(end):
            if index not in used and before[index] is None:
                used.add(index)
                out.append(base[index])

    for tag, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if tag == "equal":
            for index in shown[a:b]:
                keep_up_to(index)
                used.add(index)
                out.append(base[index])
            continue
        replaced = list(shown[a:b])
        for chunk in now[c:d]:
            out += _made(chunk, base, used, replaced)
        used.update(replaced)
    keep_up_to(len(base))
    return _unique(out)


def _made(chunk: str, base: list[Tree], used: set[int], replaced: list[int]) -> list[Tree]:
    number = markup.kept(chunk)
    if number is not None and 1 <= number <= len(base):
        used.add(number - 1)
        if number - 1 in replaced:
            replaced.remove(number - 1)
        return [base[number - 1]]
    made = []
    for block in markup.parse_chunk(chunk):
        attrs = dict(block.get("attrs", {}))
        old = base[replaced.pop(0)] if replaced else None
        bid = old["attrs"]["bid"] if old is not None else new_bid()
        if old is not None and old["type"] == block["type"] == "heading" and "section" in old["attrs"]:
            attrs["section"] = old["attrs"]["section"]
        made.append({"type": block["type"], "attrs": {"bid": bid, **attrs}} | _content(block))
    return made


def _content(block: Tree) -> Tree:
    return {"content": block["content"]} if block.get("content") else {}


def _unique(blocks: list[Tree]) -> list[Tree]:
    seen: set[str] = set()
    out = []
    for block in blocks:
        if block["attrs"]["bid"] in seen:
            block = {**block, "attrs": {**block["attrs"], "bid": new_bid()}}
        seen.add(block["attrs"]["bid"])
        out.append(block)
    return out


def merge(base: list[Tree], mine: list[Tree], theirs: list[Tree]) -> Merged:
    """My changes since `base`, applied to what is there now."""
    was = {block["attrs"]["bid"]: block for block in base}
    ours = {block["attrs"]["bid"]: block for block in mine}
    merged = Merged([])
    for block in theirs:
        bid = block["attrs"]["bid"]
        if bid not in was or ours.get(bid) == was[bid]:
            merged.blocks.append(block)
        elif bid in ours:
            merged.blocks.append(_both(was[bid], ours[bid], block, merged))
        elif block != was[bid]:
            # I took it away while somebody worked on it: the work stays.
            merged.blocks.append(block)
            merged.conflicts.append(Conflict(None, block))
    _insert(merged, was, mine)
    return merged


def _both(was: Tree, mine: Tree, theirs: Tree, merged: Merged) -> Tree:
    if theirs in (was, mine):
        return mine
    together = _merge_text(was, mine, theirs)
    if together is None:
        merged.conflicts.append(Conflict(mine, theirs))
        return mine
    return together


def _insert(merged: Merged, was: dict[str, Tree], mine: list[Tree]) -> None:
    """What I added, behind what it stood behind; what I changed and somebody removed comes back, with a word."""
    places = {block["attrs"]["bid"]: index for index, block in enumerate(merged.blocks)}
    # The same form sent twice: what it added is there already, under another id.
    added = [block for block in merged.blocks if block["attrs"]["bid"] not in was]
    behind = -1
    for block in mine:
        bid = block["attrs"]["bid"]
        twin = next((other for other in added if bid not in was and _alike(other, block)), None)
        if twin is not None:
            added.remove(twin)
            bid = twin["attrs"]["bid"]
        if bid in places:
            behind = places[bid]
            continue
        if bid in was:
            if block == was[bid]:
                continue
            merged.conflicts.append(Conflict(block, None))
        behind += 1
        merged.blocks.insert(behind, block)
        places = {other["attrs"]["bid"]: index for index, other in enumerate(merged.blocks)}


def _alike(one: Tree, other: Tree) -> bool:
    return (one["type"], one.get("content")) == (other["type"], other.get("content"))


def _merge_text(was: Tree, mine: Tree, theirs: Tree) -> Tree | None:
    """Two changes of one plain paragraph or heading in different places; None when they touch."""
    if len({block["type"] for block in (was, mine, theirs)}) != 1 or was["type"] not in ("paragraph", "heading"):
        return None
    if any(
        child["type"] != "text" or child.get("marks") for b in (was, mine, theirs) for child in b.get("content", [])
    ):
        return None
    merged = merge_words(*(flat_text(block) for block in (was, mine, theirs)))
    if merged is None:
        return None
    attrs = {**theirs["attrs"], **{n: v for n, v in mine["attrs"].items() if was["attrs"].get(n) != v}}
    return {"type": was["type"], "attrs": attrs} | ({"content": [{"type": "text", "text": merged}]} if merged else {})


def merge_words(was: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; None when they concern the same or neighbouring words."""
    base = WORDS.findall(was)
    changes = _changes(base, mine) + _changes(base, theirs)
    changes.sort(key=lambda change: (change[0], change[1]))
    out: list[str] = []
    at = 0
    last: tuple[int, int, list[str]] | None = None
    for start, end, words in changes:
        if last is not None and (start, end, words) == last:
            continue
        if last is not None and start <= last[1]:
            return None
        out += base[at:start] + words
        at, last = end, (start, end, words)
    return "".join(out + base[at:])


def _changes(base: list[str], other: str) -> list[tuple[int, int, list[str]]]:
    words = WORDS.findall(other)
    opcodes = SequenceMatcher(None, base, words, autojunk=False).get_opcodes()
    return [(a, b, words[c:d]) for tag, a, b, c, d in opcodes if tag != "equal"]
