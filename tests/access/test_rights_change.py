"""Each change of rights: guardian's rows, groups, epochs and the news, in one step; and what ends a right."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth import logout
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from guardian.shortcuts import get_objects_for_user, get_perms

from tests import factories
from wagtail_cse.access import middleware, tickets
from wagtail_cse.access.actions import (
    ChangeRole,
    ChangeVisibility,
    CreateSpace,
    GrantRole,
    RevokeRole,
    RevokeSource,
    SetReadOnly,
)
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.loaders import get_for
from wagtail_cse.access.models import Grant, Membership, PrivateFile, Space, SpaceUserPermission
from wagtail_cse.access.network import is_secretariat, network_space
from wagtail_cse.access.parties import add_member, remove_member, set_active
from wagtail_cse.access.policies import can, verbs
from wagtail_cse.access.signals import rights_changed
from wagtail_cse.core.exceptions import Invalid, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(db):
    return factories.space("Volunteers who stay")


@pytest.fixture
def coordinator(space):
    person = factories.user("coordinator")
    factories.grant(space, "coordinator", user=person)
    return person


def epoch(space):
    return Space.objects.values_list("epoch", flat=True).get(pk=space.pk)


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


def test_a_grant_writes_rows_group_and_epoch(space, django_capture_on_commit_callbacks):
    person, member = factories.user("person"), factories.user("member")
    party = factories.party("Liman", member)
    news = []
    receiver = lambda **kwargs: news.append((kwargs["space_ids"], kwargs["user_ids"]))  # noqa: E731
    rights_changed.connect(receiver)
    before = epoch(space)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            factories.grant(space, "commenter", user=person)
        with django_capture_on_commit_callbacks(execute=True):
            factories.grant(space, "editor", party=party)
    finally:
        rights_changed.disconnect(receiver)
    assert epoch(space) == before + 2
    assert news == [({space.pk}, {person.pk}), ({space.pk}, {member.pk})]
    assert sorted(get_perms(person, space)) == ["comment_space", "view_space"]
    assert sorted(get_perms(member, space)) == ["change_space", "comment_space", "view_space"]
    assert set(fresh(space).audience.user_set.all()) == {person, member}
    assert fresh(space).audience.name == f"cse:audience:{space.key}"
    assert member.has_perm("cse_access.change_space", space)
    found = get_objects_for_user(member, "cse_access.change_space", accept_global_perms=False)
    assert list(found) == [space]


def test_the_same_grant_twice_is_one_and_another_source_stays(space):
    person = factories.user()
    first = factories.grant(space, "editor", user=person)
    assert factories.grant(space, "editor", user=person) == first
    factories.grant(space, "editor", user=person, source="partnerships.partner:1")
    assert RevokeRole(actor=None, grant=first).execute() is True
    assert can(person, "change", space)
    assert RevokeRole(actor=None, grant=first).execute() is False
    assert RevokeSource(actor=None, space=space, source="partnerships.partner:1", user=person).execute() == 1
    assert not can(person, "view", space)
    assert not SpaceUserPermission.objects.filter(user=person).exists()
    assert not fresh(space).audience.user_set.exists()


def test_who_may_give_roles(space, coordinator):
    person, editor, stranger = factories.user("new"), factories.user("editor"), factories.user("stranger")
    factories.grant(space, "editor", user=editor)
    GrantRole(actor=Actor(coordinator), space=space, role="editor", user=person).execute()
    assert Grant.objects.get(user=person).granted_by == coordinator
    with pytest.raises(NotAllowed):
        GrantRole(actor=Actor(editor), space=space, role="editor", user=stranger).execute()
    with pytest.raises(Http404):
        GrantRole(actor=Actor(stranger), space=space, role="editor", user=stranger).execute()
    assert not Grant.objects.filter(user=stranger).exists()


def test_the_last_coordinator_stays(space, coordinator):
    grant = Grant.objects.get(user=coordinator)
    with pytest.raises(Invalid, match="last coordinator"):
        RevokeRole(actor=Actor(coordinator), grant=grant).execute()
    with pytest.raises(Invalid, match="last coordinator"):
        ChangeRole(actor=Actor(coordinator), grant=grant, role="editor").execute()
    other = factories.user("second")
    factories.grant(space, "coordinator", user=other)
    ChangeRole(actor=Actor(coordinator), grant=grant, role="editor").execute()
    assert verbs(coordinator, space) == {"view", "comment", "change"}
    # Two coordinators removing each other: the second one finds himself the last.
    factories.grant(space, "coordinator", user=coordinator, source="again")
    RevokeRole(actor=Actor(coordinator), grant=Grant.objects.get(user=other)).execute()
    with pytest.raises(Http404):
        RevokeRole(actor=Actor(other), grant=Grant.objects.get(user=coordinator, source="again")).execute()


def test_a_role_through_a_party_ends_with_the_membership_for_good(space):
    person = factories.user()
    party = factories.party("Liman", person)
    factories.grant(space, "editor", user=person, through=party)
    assert can(person, "change", space)
    before = epoch(space)
    assert remove_member(party, person) is True
    assert epoch(space) == before + 1
    assert not can(person, "view", space)
    assert not person.groups.filter(pk=party.group_id).exists()
    add_member(party, person)
    assert not can(person, "view", space)
    assert remove_member(party, factories.user()) is False


def test_a_hand_edited_group_ends_the_right(space):
    person, guest = factories.user("person"), factories.user("guest")
    party = factories.party("Liman", person)
    factories.grant(space, "editor", party=party)
    before = epoch(space)
    person.groups.remove(party.group)
    assert epoch(space) > before
    assert not can(person, "view", space)
    assert not fresh(space).audience.user_set.filter(pk=person.pk).exists()
    # Neither does a hand-made place in the group give one.
    party.group.user_set.add(guest)
    assert not can(guest, "view", space)
    space.refresh_from_db()
    space.audience.user_set.add(guest)
    assert not fresh(space).audience.user_set.filter(pk=guest.pk).exists()


def test_suspension_deactivation_and_a_new_password_raise_the_epoch(space):
    person = factories.user()
    party = factories.party("Liman", person)
    factories.grant(space, "editor", party=party)
    before = epoch(space)
    set_active(party, False)
    assert not can(person, "view", space)
    assert epoch(space) == before + 1
    set_active(party, True)
    assert can(person, "change", space)
    before = epoch(space)
    person = fresh(person)
    person.is_active = False
    person.save()
    assert epoch(space) == before + 1
    assert not can(person, "view", space)
    person.is_active = True
    person.set_password("new")
    person.save()
    assert epoch(space) == before + 2
    person.first_name = "Other"
    person.save()
    assert epoch(space) == before + 2


def test_a_room_holds_only_people_of_its_parent(space):
    inside, outside = factories.user("inside"), factories.user("outside")
    factories.grant(space, "observer", user=inside)
    room = factories.space("Notes", parent=space)
    factories.grant(room, "editor", user=inside)
    with pytest.raises(Invalid, match="only people of the space around it"):
        factories.grant(room, "editor", user=outside)
    with pytest.raises(Invalid, match="cannot hold further rooms"):
        factories.space("Deeper", parent=room)
    before = epoch(room)
    RevokeSource(actor=None, space=space, source="access.manual", user=inside).execute()
    assert epoch(room) == before + 1
    assert not can(inside, "view", fresh(room))
    assert not SpaceUserPermission.objects.filter(content_object=room).exists()
    assert not fresh(room).audience.user_set.exists()


def test_read_only_leaves_view_and_manage(space, coordinator):
    before = epoch(space)
    SetReadOnly(actor=Actor(coordinator), space=space, read_only=True).execute()
    assert epoch(space) == before + 1
    assert verbs(coordinator, fresh(space)) == {"view", "manage"}
    assert sorted(get_perms(coordinator, space)) == ["manage_space", "view_space"]
    SetReadOnly(actor=Actor(coordinator), space=space, read_only=False).execute()
    assert can(coordinator, "publish", fresh(space))


def test_the_secretariat_opens_spaces_and_reads_none(space):
    person = factories.user("secretariat")
    assert not is_secretariat(person)
    factories.grant(network_space(), "coordinator", user=person)
    assert is_secretariat(person)
    opened = CreateSpace(actor=Actor(person), kind="partnership", title="New").execute()
    assert opened.visibility == "members"
    assert not can(person, "view", opened)
    with pytest.raises(NotAllowed):
        CreateSpace(actor=Actor(factories.user()), kind="partnership", title="New").execute()
    assert network_space() == network_space()
    with pytest.raises(Invalid):
        ChangeVisibility(actor=None, space=network_space(), visibility="public").execute()


def test_unknown_words_are_errors(space):
    with pytest.raises(ValueError, match="Unknown role"):
        factories.grant(space, "owner", user=factories.user())
    with pytest.raises(ValueError, match="Unknown visibility"):
        factories.space("X", visibility="open")
    with pytest.raises(ValueError, match="one person"):
        GrantRole(actor=None, space=space, role="editor")


def test_get_for(space, coordinator):
    observer, stranger = factories.user("observer"), factories.user("stranger")
    factories.grant(space, "observer", user=observer)
    row = factories.private_file(space)
    assert get_for(observer, "view", PrivateFile, uuid=row.uuid) == row
    assert get_for(coordinator, "change", PrivateFile.objects.filter(name="notes.txt"), lock=True, pk=row.pk) == row
    assert get_for(coordinator, "manage", Space, lock=True, key=space.key) == space
    with pytest.raises(NotAllowed) as refused:
        get_for(observer, "change", PrivateFile, uuid=row.uuid)
    assert isinstance(refused.value, PermissionDenied)
    for lookup in ({"uuid": row.uuid}, {"uuid": "no-uuid"}, {"pk": 0}):
        with pytest.raises(Http404) as missing:
            get_for(stranger, "view", PrivateFile, **lookup)
        assert missing.value.args == ()


# Tickets -----------------------------------------------------------------------------------------------------------


def session_of(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client, client.session


def test_a_ticket_is_worth_what_its_holder_may_do_now(space):
    person = factories.user()
    party = factories.party("Liman", person)
    factories.grant(space, "editor", party=party)
    client, session = session_of(person)
    ticket = tickets.issue(person, party, space, session)
    assert ticket.verbs == {"view", "comment", "change"}
    assert ticket.epoch == epoch(space)
    assert ticket.expires_at is None
    assert tickets.recheck([ticket]) == {ticket: frozenset({"view", "comment", "change"})}
    assert tickets.issue(person, factories.party("Other"), space, session) is None
    assert tickets.issue(factories.user(), None, space, session) is None
    client.logout()
    assert tickets.recheck([ticket]) == {ticket: frozenset()}


@pytest.mark.parametrize("end", ["deactivate", "password", "suspend", "group", "membership", "revoke", "closed"])
def test_what_ends_a_ticket(space, end):
    person = factories.user()
    party = factories.party("Liman", person)
    grant = factories.grant(space, "editor", party=party)
    ticket = tickets.issue(person, party, space, session_of(person)[1])
    before = epoch(space)
    person = fresh(person)
    if end == "deactivate":
        person.is_active = False
        person.save()
    elif end == "password":
        person.set_password("other")
        person.save()
    elif end == "suspend":
        set_active(party, False)
    elif end == "group":
        party.group.user_set.clear()
    elif end == "membership":
        Membership.objects.filter(party=party).delete()
    elif end == "revoke":
        RevokeRole(actor=None, grant=grant).execute()
    else:
        SetReadOnly(actor=None, space=space, read_only=True).execute()
    assert tickets.recheck([ticket])[ticket] == (frozenset({"view"}) if end == "closed" else frozenset())
    assert epoch(space) > before


def test_a_ticket_ends_by_the_clock(space):
    person = factories.user()
    end = timezone.now() + dt.timedelta(minutes=5)
    factories.grant(space, "editor", user=person, expires=end)
    ticket = tickets.issue(person, None, space, session_of(person)[1])
    assert ticket.expires_at == end
    with time_machine.travel(end - dt.timedelta(milliseconds=1), tick=False):
        assert "change" in tickets.recheck([ticket])[ticket]
    with time_machine.travel(end, tick=False):
        assert tickets.recheck([ticket])[ticket] == frozenset()


def test_signing_out_raises_the_epoch_only_when_the_session_is_gone(space, monkeypatch):
    person = factories.user()
    factories.grant(space, "editor", user=person)
    _client, session = session_of(person)
    key = session.session_key
    before = epoch(space)
    seen = []
    monkeypatch.setattr(middleware, "person_changed", lambda user: seen.append((user, SessionStore().exists(key))))

    def view(request):
        logout(request)
        return HttpResponse()

    request = RequestFactory().post("/")
    request.session, request.user = session, person
    middleware.AccessMiddleware(view)(request)
    assert seen == [(person, False)]
    monkeypatch.undo()
    middleware.person_changed(person)
    assert epoch(space) == before + 1


def test_recheck_costs_the_same_for_one_and_for_many(space, django_assert_num_queries):
    made = []
    for number in range(12):
        person = factories.user()
        party = factories.party(f"Party {number}", person)
        factories.grant(space, "editor", party=party)
        made.append(tickets.issue(person, party, space, session_of(person)[1]))
    with django_assert_num_queries(6):
        tickets.recheck(made[:1])
    with django_assert_num_queries(6):
        assert all("change" in held for held in tickets.recheck(made).values())


# Drift -------------------------------------------------------------------------------------------------------------


def test_check_finds_and_repairs_what_raw_sql_did(space, capsys):
    person = factories.user()
    party = factories.party("Liman", person)
    page = factories.page("Room", space=space)
    call_command("cse_access", "check")
    # Raw rows: no signal, no action.
    Grant.objects.bulk_create([Grant(space=space, user=person, role="editor", source="raw")])
    page.view_restrictions.all().delete()
    type(person).groups.through.objects.create(user=factories.user("guest"), group=party.group)
    with pytest.raises(CommandError, match="2 differences are left"):
        call_command("cse_access", "check")
    assert not page.view_restrictions.exists()
    call_command("cse_access", "check", "--repair")
    assert page.view_restrictions.get().restriction_type == "groups"
    assert sorted(get_perms(person, space)) == ["change_space", "comment_space", "view_space"]
    assert list(party.group.user_set.all()) == [person]
    capsys.readouterr()
    call_command("cse_access", "check")
    assert capsys.readouterr().out == "Everything agrees with the grants.\n"
