import pytest

from tests import factories
from wagtail_cse.members import invitations
from wagtail_cse.members.models import Invitation


@pytest.mark.django_db
def test_a_space_without_a_partnership_has_no_landing():
    space = factories.space("Nobody's", kind="partnership")
    assert invitations.landing(Invitation(space=space), None) is None


def test_who_was_invited_to_a_workspace_lands_there(partnership):
    address = invitations.landing(Invitation(space=partnership.space), None)
    assert address == f"/en/cse/partnerships/{partnership.uuid}/"
