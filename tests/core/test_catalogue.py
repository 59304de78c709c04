"""Turkish is complete, compiled, and says nothing in English by mistake."""

import re
from pathlib import Path

import polib

import wagtail_cse.core

APP = Path(wagtail_cse.core.__file__).parent
PO = APP / "locale" / "tr" / "LC_MESSAGES" / "django.po"


def test_nothing_is_missing_or_doubtful():
    catalogue = polib.pofile(str(PO))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert len(catalogue) > 100


def test_placeholders_are_the_same():
    for entry in polib.pofile(str(PO)):
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        source = set(re.findall(r"%\(\w+\)[sd]", entry.msgid_plural or entry.msgid))
        for text in texts:
            found = set(re.findall(r"%\(\w+\)[sd]", text))
            assert found <= source, entry.msgid
            assert found == source or entry.msgid_plural, entry.msgid


def test_the_compiled_catalogue_is_of_this_source():
    compiled = polib.mofile(str(PO.with_suffix(".mo")))
    source = {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in polib.pofile(str(PO))}
    assert {(e.msgctxt, e.msgid): e.msgstr or e.msgstr_plural for e in compiled} == source


def test_the_catalogue_knows_every_text_of_the_sources():
    found = set()
    for path in APP.rglob("*.html"):
        found |= set(re.findall(r"""{% translate "([^"]+)\"""", path.read_text(encoding="utf-8")))
        found |= set(re.findall(r"""{% translate '([^']+)'""", path.read_text(encoding="utf-8")))
    known = {entry.msgid for entry in polib.pofile(str(PO))}
    assert found - known == set()
    assert len(found) > 50


def test_one_text_has_one_translation():
    """Django takes the first app's: two translations of one text would change with the order of the apps."""
    found = {}
    for path in sorted(APP.parent.glob("*/locale/tr/LC_MESSAGES/django.po")):
        for entry in polib.pofile(str(path)):
            text = entry.msgstr or str(sorted(entry.msgstr_plural.items()))
            found.setdefault((entry.msgctxt, entry.msgid), {})[path.parts[-5]] = text
    twice = {key: apps for key, apps in found.items() if len(set(apps.values())) > 1}
    assert twice == {}
