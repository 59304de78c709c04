import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from tests.partnerships.world import may_sign, start
from wagtail_cse.access.models import Grant
from wagtail_cse.access.policies import can, verbs
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed, Stale
from wagtail_cse.members.actions import AcceptInvitation
from wagtail_cse.members.exceptions import InvitationError
from wagtail_cse.members.models import Invitation, Seat
from wagtail_cse.partnerships import history, people
from wagtail_cse.partnerships.actions import (
    AddPerson,
    ChangeRole,
    EndPartnership,
    InviteToWorkspace,
    RemovePerson,
    ResendInvitation,
    WithdrawWorkspaceInvitation,
)

pytestmark = pytest.mark.django_db


def add(net, partnership, who="rosa", organisation="approdo", role="commenter", by="matteo"):
    return AddPerson(
        actor=net.actor(by, organisation if by != "defne" else "kopru"),
        partnership=partnership,
        organisation=net.organisations[organisation],
        user=net.people[who],
        role=role,
    ).execute()


def change(net, partnership, who, role, organisation="approdo", by="matteo", was=None):
    return ChangeRole(
        actor=net.actor(by, organisation),
        partnership=partnership,
        organisation=net.organisations[organisation],
        user=net.people[who],
        role=role,
        was=was,
    ).execute()


def remove(net, partnership, who, organisation="approdo", by="matteo"):
    return RemovePerson(
        actor=net.actor(by, organisation),
        partnership=partnership,
        organisation=net.organisations[organisation],
        user=net.people[who],
    ).execute()


def test_a_coordinator_lets_in_a_representative_of_the_own_organisation(
    net, partnership, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        add(net, partnership)
    assert verbs(net.people["rosa"], partnership.space) == {"view", "comment"}
    assert [letter.to for letter in mail.outbox] == [["rosa@example.org"]]
    assert "Matteo Lorusso has let you into the workspace" in mail.outbox[0].body
    with pytest.raises(AlreadyDone):
        add(net, partnership)


def test_nobody_decides_about_the_people_of_another_organisation(net, partnership):
    with pytest.raises(NotAllowed, match="Only a coordinator of Köprü Derneği decides about its people"):
        add(net, partnership, who="baran", organisation="kopru", by="matteo")
    with pytest.raises(NotAllowed):
        remove(net, partnership, "giulia", by="defne")
    with pytest.raises(NotAllowed, match="Only a coordinator of this partnership"):
        add(net, partnership, by="giulia")
    assert not can(net.people["baran"], "view", partnership.space)


def test_only_people_with_a_seat_can_be_let_in(net, partnership):
    with pytest.raises(Invalid, match="Eleni Papadaki has no seat in Approdo Comune"):
        add(net, partnership, who="eleni")


def test_a_role_can_be_changed_up_and_down(net, partnership):
    change(net, partnership, "giulia", "observer", was="editor")
    assert verbs(net.people["giulia"], partnership.space) == {"view"}
    change(net, partnership, "giulia", "publisher")
    assert "publish" in verbs(net.people["giulia"], partnership.space)
    assert Grant.objects.filter(space=partnership.space, user=net.people["giulia"]).count() == 1
    with pytest.raises(AlreadyDone):
        change(net, partnership, "giulia", "publisher")


def test_a_stale_role_form_changes_nothing(net, partnership):
    change(net, partnership, "giulia", "commenter")
    with pytest.raises(Stale, match="role of Giulia Abbinante to “Commenter”"):
        change(net, partnership, "giulia", "coordinator", was="editor")
    assert verbs(net.people["giulia"], partnership.space) == {"view", "comment"}


def test_a_removed_person_is_out_at_once_and_keeps_the_seat(net, partnership):
    remove(net, partnership, "giulia")
    assert verbs(net.people["giulia"], partnership.space) == frozenset()
    assert Seat.objects.valid().filter(user=net.people["giulia"]).exists()
    with pytest.raises(AlreadyDone):
        remove(net, partnership, "giulia")
    with pytest.raises(Stale, match="Giulia Abbinante is no longer in this workspace"):
        change(net, partnership, "giulia", "editor")


def test_the_last_coordinator_of_a_side_stays(net, partnership):
    sentence = "Matteo Lorusso is the only coordinator of Approdo Comune"
    with pytest.raises(Invalid, match=sentence):
        remove(net, partnership, "matteo")
    with pytest.raises(Invalid, match=sentence):
        change(net, partnership, "matteo", "editor")
    change(net, partnership, "giulia", "coordinator")
    change(net, partnership, "matteo", "editor")
    assert verbs(net.people["matteo"], partnership.space) == {"view", "comment", "change"}


def test_a_side_that_lost_its_coordinator_gets_one_from_the_other_side(net, partnership):
    Seat.objects.filter(user=net.people["matteo"]).delete()
    assert not can(net.people["matteo"], "view", partnership.space)
    gaps = people.of(partnership).without_coordinator
    assert [side.organisation.name for side in gaps] == ["Approdo Comune"]
    add(net, partnership, who="rosa", role="coordinator", by="defne")
    assert can(net.people["rosa"], "manage", partnership.space)
    with pytest.raises(NotAllowed):
        remove(net, partnership, "giulia", by="defne")


def test_rights_from_an_invitation_end_with_removal_too(net, partnership):
    token = invite(net, partnership)
    AcceptInvitation(token=token, actor=None, person="Nur Haddad", password="a long pass phrase 7").execute()
    nur = Seat.objects.get(user__email="nur@example.org").user
    net.people["nur"] = nur
    assert verbs(nur, partnership.space) == {"view", "comment", "change"}
    person = next(p for side in people.of(partnership).sides for p in side.people if p.user == nur)
    assert person.reasons == ["Accepted an invitation for Köprü Derneği"]
    change(net, partnership, "nur", "observer", organisation="kopru", by="defne")
    assert verbs(nur, partnership.space) == {"view"}
    remove(net, partnership, "nur", organisation="kopru", by="defne")
    assert verbs(nur, partnership.space) == frozenset()


def invite(net, partnership, by="defne", organisation="kopru"):
    """Invites nur@example.org; returns the secret of the mailed link."""
    action = InviteToWorkspace(
        actor=net.actor(by, organisation),
        partnership=partnership,
        organisation=net.organisations[organisation],
        email="nur@example.org",
        person="Nur Haddad",
        role="editor",
        language="tr",
    )
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        action.execute()
    return token_in(mail.outbox[-1].body)


def token_in(body):
    return re.search(r"/invitations?/([\w-]+)/", body).group(1)


def test_an_invitation_can_be_withdrawn_and_sent_again(net, partnership):
    first = invite(net, partnership)
    invitation = Invitation.objects.get()
    actor = net.actor("defne", "kopru")
    assert (invitation.space, invitation.space_role) == (partnership.space, "editor")
    ResendInvitation(actor=actor, partnership=partnership, invitation=invitation).execute()
    with pytest.raises(InvitationError):
        AcceptInvitation(token=first, actor=None, person="Nur", password="a long pass phrase 7").execute()
    WithdrawWorkspaceInvitation(actor=actor, partnership=partnership, invitation=invitation).execute()
    assert Invitation.objects.open().count() == 0
    with pytest.raises(AlreadyDone):
        WithdrawWorkspaceInvitation(actor=actor, partnership=partnership, invitation=invitation).execute()


def test_a_coordinator_who_owns_no_seats_cannot_give_one(net, partnership):
    change(net, partnership, "giulia", "coordinator")
    with pytest.raises(NotAllowed, match="Only an owner of Approdo Comune can invite somebody new"):
        invite(net, partnership, by="giulia", organisation="approdo")


def test_nothing_about_people_changes_after_the_end(net, partnership):
    EndPartnership(actor=net.actor("matteo", "approdo"), partnership=partnership).execute()
    with pytest.raises(NotAllowed, match="This partnership has ended"):
        add(net, partnership)
    with pytest.raises(NotAllowed, match="This partnership has ended"):
        remove(net, partnership, "giulia")


def test_the_history_says_who_did_what_in_the_reader_s_language(net, partnership):
    from django.utils import translation

    change(net, partnership, "giulia", "commenter")
    remove(net, partnership, "giulia")
    first = history.of(partnership)[0]
    assert (first.organisation, first.person) == ("Approdo Comune", "Matteo Lorusso")
    assert first.sentence == "Removed Giulia Abbinante of Approdo Comune, who was commenter."
    assert [entry.sentence for entry in history.of(partnership)][1:] == [
        "Changed Giulia Abbinante of Approdo Comune from editor to commenter.",
        "Started the partnership “Volunteers who stay”.",
    ]
    with translation.override("tr"):
        assert history.of(partnership)[2].sentence == "“Volunteers who stay” ortaklığını başlattı."


# In the browser


def url(partnership, name, **kwargs):
    return reverse(f"cse_partnerships:{name}", kwargs={"key": partnership.uuid, **kwargs})


def test_the_screen_says_role_reason_and_since_when(net, partnership, sign_in):
    may_sign(net, "defne", "kopru")
    text = sign_in("defne").get(url(partnership, "people")).content.decode()
    assert "Chosen by a coordinator or the secretariat for Köprü Derneği" in text
    assert "given by Selin Acar" in text
    assert "May sign: Chair of the board" in text
    assert text.count("Change role") == 1, "only for the own organisation"
    assert '<option value="coordinator" selected>Coordinator</option>' in text
    assert "Baran Yıldız" in text, "may be let in"
    assert "Rosa Carofiglio" not in text, "is nobody's business here"


def test_an_editor_sees_the_people_and_no_buttons(net, partnership, sign_in):
    text = sign_in("giulia").get(url(partnership, "people")).content.decode()
    assert "Matteo Lorusso" in text
    assert "Change role" not in text
    assert "Let somebody in" not in text


def test_changing_a_role_in_the_browser(net, partnership, sign_in):
    client = sign_in("matteo")
    row = {"organisation": net.organisations["approdo"].pk, "person": net.people["giulia"].pk}
    answer = client.post(url(partnership, "person-role"), {**row, "role": "commenter", "was": "editor"}, follow=True)
    assert "Giulia Abbinante is now commenter." in answer.content.decode()
    again = client.post(url(partnership, "person-role"), {**row, "role": "commenter", "was": "editor"}, follow=True)
    assert "Giulia Abbinante already has this role." in again.content.decode()
    stale = client.post(url(partnership, "person-role"), {**row, "role": "observer", "was": "editor"})
    assert "after you opened this page" in stale.content.decode()
    assert verbs(net.people["giulia"], partnership.space) == {"view", "comment"}


def test_removing_in_the_browser_twice(net, partnership, sign_in):
    client = sign_in("matteo")
    row = {"organisation": net.organisations["approdo"].pk, "person": net.people["giulia"].pk}
    first = client.post(url(partnership, "person-remove"), row, follow=True)
    assert "Giulia Abbinante can no longer open this workspace." in first.content.decode()
    second = client.post(url(partnership, "person-remove"), row, follow=True)
    assert second.status_code == 200
    assert "Giulia Abbinante is no longer in this workspace." in second.content.decode()


def test_a_guessed_person_tells_nothing(net, partnership, sign_in):
    row = {"organisation": net.organisations["approdo"].pk, "person": net.people["eleni"].pk}
    text = sign_in("matteo").post(url(partnership, "person-remove"), row).content.decode()
    assert "Eleni" not in text
    assert "Choose a person." in text


def test_letting_in_in_the_browser_and_a_role_lost_meanwhile(net, partnership, sign_in):
    client = sign_in("matteo")
    seat = Seat.objects.get(user=net.people["rosa"])
    data = {"add-seat": seat.pk, "add-role": "commenter"}
    answer = client.post(url(partnership, "person-add"), data, follow=True)
    assert "Rosa Carofiglio can open this workspace now, as commenter." in answer.content.decode()
    assert can(net.people["rosa"], "comment", partnership.space)
    change(net, partnership, "giulia", "coordinator")
    change(net, partnership, "matteo", "observer", by="giulia")
    refused = client.post(url(partnership, "person-add"), data)
    assert refused.status_code == 403
    assert "Only a coordinator of this partnership can do this." in refused.content.decode()


def test_inviting_in_the_browser_keeps_what_was_typed_when_it_is_refused(net, partnership, sign_in):
    client = sign_in("defne")
    data = {
        "invite-organisation": net.organisations["kopru"].pk,
        "invite-person": "Nur Haddad",
        "invite-email": "nur@example",
        "invite-role": "editor",
        "invite-language": "tr",
    }
    bad = client.post(url(partnership, "invite"), data).content.decode()
    assert 'value="Nur Haddad"' in bad
    assert Invitation.objects.count() == 0
    good = client.post(url(partnership, "invite"), {**data, "invite-email": "nur@example.org"}, follow=True)
    assert "The invitation was mailed to nur@example.org." in good.content.decode()
    invitation = Invitation.objects.get()
    again = client.post(url(partnership, "invitation-resend", invitation=invitation.uuid), follow=True)
    assert "A new link was mailed to nur@example.org" in again.content.decode()
    gone = client.post(url(partnership, "invitation-withdraw", invitation=invitation.uuid), follow=True)
    assert "The invitation of Nur Haddad was withdrawn" in gone.content.decode()
    assert Invitation.objects.open().count() == 0


def test_an_invitation_of_another_workspace_is_not_found(net, partnership, sign_in):
    other = start(net, title="Another one")
    invite(net, other)
    invitation = Invitation.objects.get()
    path = url(partnership, "invitation-withdraw", invitation=invitation.uuid)
    assert sign_in("defne").post(path).status_code == 404
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is None


def test_an_expired_invitation_is_not_listed_as_open(net, partnership):
    invite(net, partnership)
    Invitation.objects.update(expires_at=timezone.now())
    assert [side.invitations for side in people.of(partnership).sides] == [[], []]
