import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def fresh():
    """No language and no counter of an earlier request."""
    cache.clear()
    with translation.override("en"):
        yield
