import datetime as dt

import pytest
from django.urls import reverse

from tests.partnerships.world import start
from wagtail_cse.access.policies import verbs
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed, Stale
from wagtail_cse.pages.models import WorkspacePage
from wagtail_cse.partnerships.actions import (
    ArchivePartnership,
    ChangePartnership,
    EndPartnership,
    RenamePartnership,
    Reopen,
    SetStage,
)
from wagtail_cse.partnerships.models import Partnership

pytestmark = pytest.mark.django_db


def titles(partnership):
    pages = WorkspacePage.objects.filter(partnership=partnership)
    return {page.locale.language_code: page.title for page in pages}


def act(net, partnership, action, by="defne", **kwargs):
    organisation = "kopru" if by == "defne" else "approdo"
    return action(actor=net.actor(by, organisation), partnership=partnership, **kwargs).execute()


def url(partnership, name):
    return reverse(f"cse_partnerships:{name}", kwargs={"key": partnership.uuid})


def test_renaming_changes_record_space_and_pages(net, partnership):
    act(net, partnership, RenamePartnership, title="  People who   stay ")
    partnership.refresh_from_db()
    assert (partnership.title, partnership.space.title, partnership.revision) == (
        "People who stay",
        "People who stay",
        2,
    )
    assert titles(partnership) == {"en": "People who stay", "tr": "People who stay"}


def test_a_name_in_another_language_is_kept(net, partnership):
    act(net, partnership, RenamePartnership, title="Volunteers who stay", titles={"tr": "Gönüllü kalmak"})
    act(net, partnership, RenamePartnership, title="People who stay")
    assert titles(partnership) == {"en": "People who stay", "tr": "Gönüllü kalmak"}


def test_new_dates_stretch_the_plan(net, partnership):
    act(net, partnership, ChangePartnership, starts=dt.date(2026, 10, 1), ends=dt.date(2026, 12, 30))
    dates = {row.stage: (row.starts, row.ends) for row in partnership.stage_dates.all()}
    assert dates["opening"] == (dt.date(2026, 10, 1), dt.date(2026, 10, 9))
    assert dates["closing"][1] == dt.date(2026, 12, 30)
    with pytest.raises(Invalid, match="last day"):
        act(net, partnership, ChangePartnership, ends=dt.date(2026, 9, 1))


def test_a_stale_form_changes_nothing(net, partnership):
    act(net, partnership, RenamePartnership, title="Defne's name", revision=1)
    with pytest.raises(Stale):
        act(net, partnership, RenamePartnership, title="Matteo's name", revision=1, by="matteo")
    partnership.refresh_from_db()
    assert partnership.title == "Defne's name"


def test_only_coordinators_change_the_whole(net, partnership):
    with pytest.raises(NotAllowed):
        act(net, partnership, RenamePartnership, title="Mine", by="giulia")
    with pytest.raises(NotAllowed):
        act(net, partnership, EndPartnership, by="giulia")


def test_the_stage(net, partnership):
    act(net, partnership, SetStage, stage="draft")
    partnership.refresh_from_db()
    assert partnership.stage == "draft"
    with pytest.raises(AlreadyDone):
        act(net, partnership, SetStage, stage="draft")
    with pytest.raises(Invalid):
        act(net, partnership, SetStage, stage="nonsense")


def test_ended_everybody_reads_and_nobody_writes(net, partnership):
    act(net, partnership, EndPartnership)
    partnership.space.refresh_from_db()
    assert partnership.space.read_only
    assert verbs(net.people["giulia"], partnership.space) == {"view"}
    assert verbs(net.people["defne"], partnership.space) == {"view", "manage"}
    with pytest.raises(AlreadyDone):
        act(net, partnership, EndPartnership)
    with pytest.raises(NotAllowed, match="has ended"):
        act(net, partnership, RenamePartnership, title="Too late")


def test_archived_and_reopened_with_the_rights_of_before(net, partnership):
    with pytest.raises(Invalid, match="End the partnership first"):
        act(net, partnership, ArchivePartnership)
    act(net, partnership, EndPartnership)
    act(net, partnership, ArchivePartnership)
    partnership.refresh_from_db()
    assert partnership.status == "archived"
    act(net, partnership, Reopen, by="matteo")
    partnership = Partnership.objects.get()
    assert (partnership.status, partnership.ended_at, partnership.archived_at) == ("active", None, None)
    assert verbs(net.people["giulia"], partnership.space) == {"view", "comment", "change"}
    with pytest.raises(AlreadyDone):
        act(net, partnership, Reopen)


# In the browser


def settings_data(**changes):
    return {
        "title": "Volunteers who stay",
        "title_tr": "Gönüllü kalmak",
        "goal": "",
        "starts": "2026-09-01",
        "ends": "2027-02-28",
        "revision": "1",
        **changes,
    }


def test_settings_in_the_browser(net, partnership, sign_in):
    client = sign_in("defne")
    page = client.get(url(partnership, "settings")).content.decode()
    assert 'name="title_tr"' in page
    answer = client.post(url(partnership, "settings"), settings_data(goal="Nobody leaves alone"), follow=True)
    assert "Saved." in answer.content.decode()
    partnership.refresh_from_db()
    assert partnership.goal == "Nobody leaves alone"
    assert titles(partnership) == {"en": "Volunteers who stay", "tr": "Gönüllü kalmak"}


def test_a_stale_settings_form_shows_both_and_can_then_be_saved(net, partnership, sign_in):
    client = sign_in("defne")
    act(net, partnership, ChangePartnership, goal="What Matteo wrote", by="matteo")
    stale = client.post(url(partnership, "settings"), settings_data(goal="What Defne wrote"))
    text = stale.content.decode()
    assert "Somebody changed this partnership after you opened the page." in text
    assert "What Defne wrote" in text
    assert "What Matteo wrote" in text
    assert 'name="revision" value="2"' in text
    client.post(url(partnership, "settings"), settings_data(goal="Both together", revision="2"))
    partnership.refresh_from_db()
    assert partnership.goal == "Both together"


def test_who_lost_the_role_between_open_and_save_keeps_the_text(net, partnership, sign_in):
    client = sign_in("giulia")
    answer = client.post(url(partnership, "settings"), settings_data(goal="A long thought of mine"))
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "Only a coordinator of this partnership can do this." in text
    assert "A long thought of mine" in text
    assert client.get(url(partnership, "settings")).status_code == 403


def test_end_archive_and_reopen_in_the_browser(net, partnership, sign_in):
    client = sign_in("defne")
    ended = client.post(url(partnership, "end"), follow=True).content.decode()
    assert "The partnership has ended." in ended
    assert "Reopen the partnership" in ended
    assert "This partnership ended on" in ended
    twice = client.post(url(partnership, "end"), follow=True).content.decode()
    assert "This partnership has already ended." in twice
    client.post(url(partnership, "archive"))
    archived = client.get(reverse("cse_partnerships:list")).content.decode()
    assert "Archived" in archived
    assert "Your partnerships" not in archived
    client.post(url(partnership, "reopen"))
    partnership.refresh_from_db()
    assert partnership.status == "active"


def test_the_history_page(net, partnership, sign_in):
    act(net, partnership, SetStage, stage="draft", by="matteo")
    text = sign_in("defne").get(url(partnership, "history")).content.decode()
    assert "Moved the partnership to the stage “Draft”." in text
    assert "<b>Approdo Comune</b> · Matteo Lorusso" in text
    assert sign_in("giulia").get(url(partnership, "history")).status_code == 403


def test_two_partnerships_keep_their_histories_apart(net, partnership, sign_in):
    other = start(net, title="Another one")
    act(net, other, SetStage, stage="closing")
    assert "Closing" not in sign_in("defne").get(url(partnership, "history")).content.decode()
