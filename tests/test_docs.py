import sys

import pytest

from tests.commands import ROOT, run
from wagtail_cse import APPS

pytestmark = pytest.mark.checks


def test_the_documentation_builds_without_a_warning(tmp_path):
    run(
        sys.executable,
        "-m",
        "sphinx",
        "-W",
        "--keep-going",
        "-q",
        "-d",
        tmp_path / "cache",
        "docs",
        tmp_path / "html",
    )


def test_every_command_and_every_app_with_settings_is_in_the_reference():
    commands = (ROOT / "docs/reference/commands.md").read_text()
    settings = (ROOT / "docs/reference/settings.md").read_text()
    for name in APPS:
        folder = ROOT / name.replace(".", "/")
        for path in folder.glob("management/commands/cse_*.py"):
            assert f"`python manage.py {path.stem}" in commands, path
        if (folder / "conf.py").exists():
            assert f"{{typed-settings}} {folder.name}\n" in settings, path
