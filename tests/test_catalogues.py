"""Every text of ours is in the catalogue, translated; the compiled catalogue is that of the source."""

import shutil
import sys
from pathlib import Path

import polib
import pytest

from tests.commands import run
from wagtail_cse import APPS

pytestmark = pytest.mark.checks

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {name: ROOT / name.replace(".", "/") for name in [*APPS, "sandbox"]}
#: Languages whose catalogues must be complete.
LANGUAGES = ["tr"]
DOMAINS = ["django", "djangojs"]
CATALOGUES = sorted(
    path.relative_to(ROOT) for folder in FOLDERS.values() for path in folder.glob("locale/*/LC_MESSAGES/*.po")
)


def texts(catalogue):
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in catalogue if not entry.obsolete}


def translations(catalogue):
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural or ""): entry.msgstr_plural or entry.msgstr
        for entry in catalogue
        if not entry.obsolete
    }


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_every_text_is_translated(path):
    catalogue = polib.pofile(str(ROOT / path))
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_the_compiled_catalogue_is_that_of_the_source(path):
    compiled = polib.mofile(str((ROOT / path).with_suffix(".mo")))
    assert translations(compiled) == translations(polib.pofile(str(ROOT / path)))


@pytest.mark.gettext
@pytest.mark.parametrize("path", CATALOGUES, ids=str)
def test_placeholders_and_headers_are_right(path, tmp_path):
    run("msgfmt", "--check", "--output-file", tmp_path / "check.mo", ROOT / path)


@pytest.mark.gettext
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOLDERS)
def test_the_catalogue_holds_exactly_the_texts_of_the_sources(name, language, tmp_path):
    copy = tmp_path / "app"
    shutil.copytree(FOLDERS[name], copy, ignore=shutil.ignore_patterns("locale", "__pycache__", "vendor"))
    (copy / "locale").mkdir()
    for domain in DOMAINS:
        options = ["--locale", language, "--domain", domain, "--no-wrap"]
        # -P: a module of the app (inspect, types) is not taken for the standard library's.
        command = [sys.executable, "-P", "-m", "django", "makemessages"]
        run(*command, *options, cwd=copy, DJANGO_SETTINGS_MODULE=None)
        part = Path("locale") / language / "LC_MESSAGES" / f"{domain}.po"
        committed = FOLDERS[name] / part
        found = texts(polib.pofile(str(copy / part))) if (copy / part).exists() else set()
        held = texts(polib.pofile(str(committed))) if committed.exists() else set()
        assert sorted(found - held, key=str) == [], f"missing in {committed}"
        assert sorted(held - found, key=str) == [], f"no longer in the sources of {committed}"
