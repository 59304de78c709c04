"""The guard over skipped tests, tried on small suites in a process of their own."""

import os
import subprocess
import sys

import pytest

from tests.commands import ROOT

pytestmark = pytest.mark.checks

SETTINGS = "[pytest]\nmarkers =\n    postgresql\n"


def outcome(folder, source, **environment):
    """(exit code, output) of pytest on one test module under our conftest."""
    (folder / "pytest.ini").write_text(SETTINGS)
    (folder / "conftest.py").write_text("from tests.conftest import *")
    (folder / "test_it.py").write_text(f"import pytest\n\n{source}\n")
    values = {name: value for name, value in os.environ.items() if not name.startswith(("CSE_", "DATABASE_"))}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:xdist", str(folder)]
    done = subprocess.run(
        command,
        cwd=folder,
        env=values | {"PYTHONPATH": str(ROOT)} | environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    "source",
    [
        "def test_a():\n    pytest.skip('not today')",
        "pytest.skip('not today', allow_module_level=True)",
        "@pytest.mark.skipif(True, reason='not today')\ndef test_a(): pass",
        "@pytest.mark.xfail(reason='not today')\ndef test_a(): assert False",
    ],
    ids=["skip", "module", "skipif", "xfail"],
)
def test_any_other_reason_fails_the_run(tmp_path, source):
    code, output = outcome(tmp_path, source)
    assert code == 1, output
    assert "skips that are not allowed" in output
    assert "not today" in output


def test_a_missing_program_skips_by_name_and_fails_only_in_ci(tmp_path):
    source = "@pytest.mark.postgresql\ndef test_a(): pass\n\ndef test_b(): pass"
    code, output = outcome(tmp_path, source)
    assert code == 0, output
    assert "1 passed, 1 skipped" in output
    assert outcome(tmp_path, source, CSE_CI="1")[0] == 1
