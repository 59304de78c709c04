import pytest

from wagtail_cse.access.models import Space


@pytest.mark.django_db
def test_a_new_space_is_for_its_people_only():
    space = Space.objects.create(kind="partnership", title="Volunteers who stay")
    assert space.visibility == "members"
    assert len(space.key) == 16
