"""Sites that are set up differently from the one of all other tests."""

import re
import sys

import pytest

from tests.commands import django, run

PROJECTS = ["tests.projects.turkish", "tests.projects.plain"]


@pytest.fixture(params=PROJECTS, ids=lambda name: name.rsplit(".", 1)[1])
def project(request, tmp_path):
    """Variables for a process of that site, on a new SQLite database."""
    return {"DJANGO_SETTINGS_MODULE": request.param, "CSE_TEST_DIR": str(tmp_path), "DATABASE_URL": None}


def test_the_checks_find_nothing(project):
    django("check", "--fail-level=WARNING", **project)


def test_models_and_migrations_agree(project):
    django("makemigrations", "--check", "--dry-run", **project)


def test_migrations_run_and_can_be_reversed_to_zero(project):
    done = run(sys.executable, "-m", "tests.projects.there_and_back", **project)
    assert re.search(r"^[1-9]\d* tables of ours, left: \[\]$", done.stdout, re.MULTILINE), done.stdout


def test_every_static_file_that_a_style_sheet_names_is_there():
    # The hashing storage follows url(...) and fails on a missing file.
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        options = {"DJANGO_SETTINGS_MODULE": "tests.projects.turkish", "CSE_TEST_DIR": folder, "DATABASE_URL": None}
        django("collectstatic", "--no-input", **options)
