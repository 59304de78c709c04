"""The theme: nothing outside .cse, nothing physical, nothing from elsewhere."""

import re
from pathlib import Path

import pytest

import wagtail_cse.core

STATIC = Path(wagtail_cse.core.__file__).parent / "static" / "wagtail_cse" / "core"
CSS = re.sub(r"/\*.*?\*/", "", (STATIC / "cse.css").read_text(encoding="utf-8"), flags=re.S)
PHYSICAL = re.compile(
    r"(?<![\w-])(left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|"
    r"(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)(?:-\w+)?|"
    r"float|clear|text-align)\s*:\s*([^;}]+)"
)
BLOCK = re.compile(r"([^{};]+)\{([^{}]*)\}")


def rules():
    """(selector, declarations) of every style rule; at-rules are opened, their preludes left out."""
    flat = re.sub(r"@(?:media|supports)[^{]+\{", "", CSS)
    return [(selector.strip(), body) for selector, body in BLOCK.findall(flat)]


def alternatives(selector):
    """The parts of a selector list; commas inside brackets do not count."""
    parts, depth = [""], 0
    for character in selector:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def only_tokens(body):
    """Custom properties and nothing else: they change nothing by themselves."""
    return all(line.strip().startswith("--cse-") for line in body.split(";") if line.strip())


def test_only_logical_properties():
    found = []
    for selector, body in rules():
        for name, value in PHYSICAL.findall(body):
            if value.strip() not in ("start", "end", "center", "inline-start", "inline-end"):
                found.append(f"{selector}: {name}: {value}")
    assert found == []


def test_every_selector_stays_inside_our_block():
    """A bare element may only be styled inside .cse; a class of ours marks everything else."""
    outside = []
    for selector, body in rules():
        for part in alternatives(selector):
            own = re.search(r"\.cse(?![a-z])|\.cse-", part)
            if not own and not (part.startswith(":where(") and only_tokens(body)):
                outside.append(part)
    assert outside == []
    assert len(rules()) > 300


def test_nothing_comes_from_elsewhere():
    assert "url(" not in CSS
    assert "@import" not in CSS


def test_no_capitals_by_css():
    """text-transform breaks the Turkish i; letter-spacing breaks Arabic, so it is undone there."""
    assert "text-transform" not in CSS


@pytest.mark.parametrize("query", ["prefers-color-scheme: dark", "prefers-reduced-motion", "forced-colors", "print"])
def test_the_readers_settings_are_respected(query):
    assert f"@media ({query}" in CSS or f"@media {query}" in CSS


def test_size():
    import gzip

    assert len(gzip.compress((STATIC / "cse.css").read_bytes())) < 12_000


def test_scripts_are_small_and_take_their_words_from_the_page():
    for path in (STATIC / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert len(text) < 4_000, path.name
        assert "innerHTML" not in text
        assert "eval(" not in text
