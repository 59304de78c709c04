"""The committed editor bundle: small enough, quiet, and with words for all it says.

That it is built from the committed sources is tested in tests/test_bundle.py.
"""

import gzip
import hashlib
import json
import re
from pathlib import Path

from django.utils import translation

from wagtail_cse.coedit.editor_labels import PLURAL_SAMPLES, editor_labels

PACKAGE = Path(__file__).resolve().parent.parent.parent / "wagtail_cse"
SOURCES = PACKAGE / "static_src"
BUILT = PACKAGE / "coedit" / "static" / "wagtail_cse" / "coedit"


def test_bundle_is_what_build_json_says():
    report = json.loads((BUILT / "build.json").read_text())
    assert set(report["files"]) == {"editor.js", "signout.js"}
    for name, entry in report["files"].items():
        data = (BUILT / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert len(data) == entry["bytes"]


def test_bundle_fits_a_slow_line():
    assert len(gzip.compress((BUILT / "editor.js").read_bytes(), 9)) <= 130_000


def test_bundle_asks_nobody_else_and_runs_under_a_strict_policy():
    text = (BUILT / "editor.js").read_text()
    addresses = set(re.findall(r"https?://[\w./-]+", text))
    allowed = ("http://www.w3.org/", "https://prosemirror.net", "https://github.com", "https://", "http://")
    assert all(address.startswith(allowed) for address in addresses)
    assert "eval(" not in text
    assert "new Function(" not in text


def test_every_word_of_the_script_has_a_label():
    source = "\n".join(path.read_text() for path in sorted((SOURCES / "src").glob("*.js")))
    used = set(re.findall(r"\btn?\('([\w-]+)'", source))
    used |= set(re.findall(r"complain\('([\w-]+)'", source))
    used |= set(re.findall(r"\? '([a-z_]+)' : '[a-z_]+'\)", source)) & set(editor_labels())
    labels = set(editor_labels())
    assert used <= labels, used - labels
    # Put together from a state (`status_${...}`, `ended_${...}`).
    for state in ("signed-out", "no-right", "gone", "schema", "refused"):
        assert {f"status_{state}", f"ended_{state}"} <= labels


def test_labels_are_complete_in_turkish():
    with translation.override("en"):
        english = editor_labels()
    with translation.override("tr"):
        turkish = editor_labels()
    same = {key for key, text in english.items() if turkish[key] == text}
    # Only punctuation around placeholders.
    assert same == {"status_time", "day_and_time"}


def test_counted_labels_have_a_form_for_each_number():
    with translation.override("en"):
        forms = editor_labels()["comments_count"]
    assert set(forms) == {str(number) for number in PLURAL_SAMPLES}
    assert forms["1"] == "%(count)s comment"
    assert forms["0"] == forms["2"] == "%(count)s comments"
