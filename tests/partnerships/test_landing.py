import pytest

from tests import factories
from wagtail_cse.members import invitations
from wagtail_cse.members.models import Invitation


@pytest.mark.django_db
def test_a_space_without_a_partnership_has_no_landing():
    space = factories.space("Nobody's", kind="partnership")
    assert invitations.landing(Invitation(space=space), None) is None
