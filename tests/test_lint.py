import sys

import pytest

from tests.commands import run

pytestmark = pytest.mark.checks


def test_ruff_finds_nothing():
    run(sys.executable, "-m", "ruff", "check", ".")


def test_every_file_is_formatted():
    run(sys.executable, "-m", "ruff", "format", "--check", ".")


def test_mypy_finds_nothing():
    run(sys.executable, "-m", "mypy")
