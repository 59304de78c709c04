"""The whole job in the Turkish interface, from an empty network to a text that readers find in two languages."""

import pytest

from tests.e2e.job import walk

pytestmark = pytest.mark.udhr


def test_the_job_in_turkish(site, visitor, axe):
    walk(site, visitor, axe, "tr")
