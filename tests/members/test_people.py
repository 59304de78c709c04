import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from tests import factories
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.models import Grant
from wagtail_cse.access.policies import can
from wagtail_cse.access.roles import VERBS
from wagtail_cse.core.exceptions import AlreadyDone, Invalid
from wagtail_cse.members.actions import (
    ChangeSeat,
    GiveMandate,
    InviteRepresentative,
    RemoveSeat,
    SuspendOrganisation,
    WithdrawMandate,
)
from wagtail_cse.members.mandates import mandate_for
from wagtail_cse.members.models import Invitation, Mandate, Seat


def seat(network, user):
    return Seat.objects.get(party=network.kopru.party_ptr, user=user)


def give(network, user, **fields):
    return GiveMandate(
        actor=Actor(network.owner), organisation=network.kopru, user=user, purpose="sign", **fields
    ).execute()


def test_what_a_seat_is_worth_in_the_organisation(network):
    space = network.kopru.space
    verbs = {
        user.first_name: [verb for verb in VERBS if can(user, verb, space)]
        for user in (network.owner, network.editor, network.representative, network.stranger)
    }
    assert verbs == {
        "Nihal": ["view", "comment", "change", "publish", "manage"],
        "Baran": ["view", "comment", "change", "publish"],
        "Defne": ["view", "comment"],
        "Sam": [],
    }


def test_another_role_means_other_rights(network):
    ChangeSeat(actor=Actor(network.owner), seat=seat(network, network.editor), role="representative").execute()
    assert not can(network.editor, "publish", network.kopru.space)
    assert can(network.editor, "view", network.kopru.space)
    grants = Grant.objects.filter(space=network.kopru.space, user=network.editor)
    assert [grant.role for grant in grants] == ["commenter"]
    with pytest.raises(AlreadyDone):
        ChangeSeat(actor=Actor(network.owner), seat=seat(network, network.editor), role="representative").execute()


def test_only_owners_and_the_secretariat_change_seats(network):
    with pytest.raises(PermissionDenied):
        ChangeSeat(actor=Actor(network.editor), seat=seat(network, network.editor), role="owner").execute()
    with pytest.raises(Http404):
        ChangeSeat(actor=Actor(network.stranger), seat=seat(network, network.editor), role="owner").execute()
    ChangeSeat(actor=Actor(network.secretary), seat=seat(network, network.editor), role="owner").execute()
    assert can(network.editor, "manage", network.kopru.space)


def test_the_last_owner_goes_only_when_it_is_said(network):
    mine = seat(network, network.owner)
    for action in (
        ChangeSeat(actor=Actor(network.owner), seat=mine, role="editor"),
        RemoveSeat(actor=Actor(network.owner), seat=mine),
    ):
        with pytest.raises(Invalid, match="Nihal Toprak is the last owner of Köprü Derneği") as caught:
            action.execute()
        assert caught.value.code == "last_owner"
    RemoveSeat(actor=Actor(network.owner), seat=mine, without_owner=True).execute()
    assert not Seat.objects.filter(user=network.owner).exists()


def test_a_removed_person_loses_rights_mandates_and_open_invitations(network):
    ChangeSeat(actor=Actor(network.owner), seat=seat(network, network.editor), role="owner").execute()
    give(network, network.editor)
    InviteRepresentative(
        actor=Actor(network.editor), organisation=network.kopru, email="x@example.org", language="en"
    ).execute()
    workspace = factories.space("Workspace")
    factories.grant(workspace, "editor", user=network.editor, through=network.kopru)
    RemoveSeat(actor=Actor(network.owner), seat=seat(network, network.editor)).execute()
    assert not can(network.editor, "view", network.kopru.space)
    assert not can(network.editor, "view", workspace)
    assert mandate_for(network.editor, network.kopru, "sign") is None
    assert not Invitation.objects.open().exists()
    assert not network.editor.groups.filter(pk=network.kopru.group_id).exists()


def test_anybody_may_leave(network):
    RemoveSeat(actor=Actor(network.representative), seat=seat(network, network.representative)).execute()
    assert not can(network.representative, "view", network.kopru.space)


def test_a_mandate_counts_on_its_first_and_last_day(network):
    mandate = give(network, network.representative, starts=dt.date(2027, 1, 10), ends=dt.date(2027, 2, 28))
    days = [dt.date(2027, 1, 9), dt.date(2027, 1, 10), dt.date(2027, 2, 28), dt.date(2027, 3, 1)]
    found = [mandate_for(network.representative, network.kopru, "sign", on=day) for day in days]
    assert found == [None, mandate, mandate, None]
    assert mandate_for(network.representative, network.kopru, "apply", on=days[1]) is None
    assert mandate_for(network.representative, network.approdo, "sign", on=days[1]) is None


def test_the_day_is_the_organisations_own(network):
    give(network, network.representative, starts=dt.date(2027, 3, 1))
    # 22:30 UTC is half past one in the morning of the next day in Izmir, wherever the reader is.
    with time_machine.travel("2027-02-28T22:30:00Z", tick=False), timezone.override("Europe/Lisbon"):
        assert network.kopru.today() == dt.date(2027, 3, 1)
        assert network.approdo.today() == dt.date(2027, 2, 28)
        assert mandate_for(network.representative, network.kopru, "sign") is not None
        assert Mandate.objects.valid().count() == 1
    with time_machine.travel("2027-02-28T20:30:00Z", tick=False):
        assert mandate_for(network.representative, network.kopru, "sign") is None
        assert not Mandate.objects.valid().exists()


def test_of_several_mandates_the_longest_counts(network):
    give(network, network.representative, ends=dt.date(2099, 1, 1))
    unending = give(network, network.representative)
    assert mandate_for(network.representative, network.kopru, "sign") == unending


@pytest.mark.parametrize("how", ["withdrawn", "suspended", "inactive", "group", "removed"])
def test_what_ends_a_mandate(network, how):
    mandate = give(network, network.representative)
    assert mandate_for(network.representative, network.kopru, "sign") == mandate
    if how == "withdrawn":
        WithdrawMandate(actor=Actor(network.owner), mandate=mandate).execute()
    elif how == "suspended":
        SuspendOrganisation(actor=Actor(network.secretary), organisation=network.kopru, reason="x").execute()
        network.kopru.refresh_from_db()
    elif how == "inactive":
        network.representative.is_active = False
        network.representative.save()
    elif how == "group":
        network.representative.groups.remove(network.kopru.group)
    else:
        RemoveSeat(actor=Actor(network.owner), seat=seat(network, network.representative)).execute()
    assert mandate_for(network.representative, network.kopru, "sign") is None


def test_bad_mandates(network):
    with pytest.raises(Invalid, match="The mandate ends before it begins"):
        give(network, network.representative, starts=dt.date(2027, 2, 2), ends=dt.date(2027, 2, 1))
    with pytest.raises(Invalid, match="The last day is already over"):
        give(network, network.representative, starts=dt.date(2020, 1, 1), ends=dt.date(2020, 2, 1))
    with pytest.raises(Invalid, match="Only a person with a seat in Köprü Derneği"):
        give(network, network.stranger)
    give(network, network.representative)
    with pytest.raises(AlreadyDone):
        give(network, network.representative)
    assert Mandate.objects.count() == 1


def test_who_gives_mandates(network):
    for user, error in ((network.editor, PermissionDenied), (network.stranger, Http404)):
        with pytest.raises(error):
            GiveMandate(
                actor=Actor(user), organisation=network.kopru, user=network.representative, purpose="sign"
            ).execute()
    mandate = give(network, network.representative)
    for user, error in ((network.representative, PermissionDenied), (network.stranger, Http404)):
        with pytest.raises(error):
            WithdrawMandate(actor=Actor(user), mandate=mandate).execute()
    WithdrawMandate(actor=Actor(network.secretary), mandate=mandate).execute()
    with pytest.raises(AlreadyDone):
        WithdrawMandate(actor=Actor(network.secretary), mandate=mandate).execute()
