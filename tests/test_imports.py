import pytest

from tests.commands import run

pytestmark = pytest.mark.checks


def test_import_contracts_are_kept():
    run("lint-imports", "--config", "setup.cfg")
