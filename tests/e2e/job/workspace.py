"""Step 2: the workspace, for those who are in; for everybody else the answer of an address that does not exist."""

import re
import uuid

from tests import factories
from tests.e2e.job.network import TITLE
from tests.e2e.job.walking import SHORE
from wagtail_cse.members.models import Invitation
from wagtail_cse.pages.models import WorkspacePage
from wagtail_cse.partnerships.models import Partnership

OUTSIDER = "yabanci@example.org"
RENAMED = {"en": "Rights in each language", "tr": "Dillerde haklar"}


def open_and_keep_closed(job):
    factories.user("yabanci", first_name="Yavuz", last_name="Bancı")
    partnership = Partnership.objects.get()
    for email in ("chiara@example.org", "paolo@example.org", "mert@example.org"):
        page = job.open(email)
        page.get_by_role("link", name=TITLE[job.language]).first.click()
        page.get_by_role("heading", name=TITLE[job.language], level=1).wait_for()
        assert re.search(rf"/{job.language}/[^/]+/{partnership.space.key}/", page.url)
        job.leave_page(page)
    page = job.open("elif@example.org", f"partnerships/{partnership.uuid}/")
    job.see(page, "No model document yet")
    job.inspect(page)
    people_and_roles(job, page, partnership)
    rename(job, page, partnership)
    outside(job, partnership)


def row_of(page, name):
    return page.locator("li.cse-item", has=page.get_by_role("heading", name=name))


def people_and_roles(job, page, partnership):
    page.goto(job.url(f"partnerships/{partnership.uuid}/people/"))
    job.inspect(page)
    # A role is changed by the coordinator of the person's own organisation.
    chiara = job.open("chiara@example.org", f"partnerships/{partnership.uuid}/people/")
    row = row_of(chiara, "Paolo Riva")
    row.get_by_role("combobox").select_option("editor")
    job.press(row, "Change role")
    job.see(chiara, "%(person)s is now %(role)s.", person="Paolo Riva", role=job.say("Editor"))
    assert row_of(page, "Paolo Riva").get_by_role("combobox").count() == 0
    # Out, and the door is closed; in again.
    mert = job.open("mert@example.org", f"partnerships/{partnership.uuid}/")
    mert.get_by_role("heading", name=TITLE[job.language], level=1).wait_for()
    job.press(row_of(page, "Mert Sezer"), "Remove")
    job.see(
        page,
        "%(person)s can no longer open this workspace. The seat in %(organisation)s stays.",
        person="Mert Sezer",
        organisation=SHORE,
    )
    assert mert.request.get(mert.url).status == 404
    job.field(page, "Representative").select_option(label="Mert Sezer")
    page.locator("#let-in form").first.get_by_role("combobox").nth(1).select_option("editor")
    job.press(page, "Let this person in")
    job.see(page, "%(person)s can open this workspace now, as %(role)s.", person="Mert Sezer", role=job.say("Editor"))
    assert mert.request.get(mert.url).status == 200
    # Somebody new is invited, and the invitation is withdrawn: its link says so.
    job.field(page, "Name").fill("Naz Aydın")
    job.field(page, "E-mail address").fill("naz@example.org")
    job.field(page, "Language of the mail").select_option(job.language)
    job.press(page, "Send the invitation")
    job.see(page, "The invitation was mailed to %(email)s.", email="naz@example.org")
    link = job.link_in(job.letter("naz@example.org"))
    job.press(page, "Withdraw the invitation")
    job.see(page, "The invitation of %(person)s was withdrawn; its link no longer works.", person="Naz Aydın")
    guest = job.open(None, None)
    guest.goto(link)
    job.see(guest, "This invitation was withdrawn")
    job.inspect(guest, accessible=False)
    assert not Invitation.objects.open().filter(email="naz@example.org").exists()


def rename(job, page, partnership):
    page.goto(job.url(f"partnerships/{partnership.uuid}/settings/"))
    job.inspect(page)
    job.field(page, "Name of the partnership").fill(RENAMED[job.language])
    job.press(page, "Save", exact=True)
    job.see(page, "Saved.")
    page.goto(job.url(f"partnerships/{partnership.uuid}/"))
    page.get_by_role("heading", name=RENAMED[job.language], level=1).wait_for()
    partnership.refresh_from_db()
    assert partnership.title == RENAMED[job.language]


def clean(answer, path):
    """Status and body, without what differs between any two requests."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", answer.body())
    return answer.status, body.replace(path.encode(), b"")


def outside(job, partnership):
    """The outsider and anybody: no page, no word in API, search or sitemap."""
    key, missing = partnership.space.key, "0123456789abcdef"
    rooms = [page.get_url().replace(job.site.url, "") for page in WorkspacePage.objects.all()]
    assert len(rooms) == 2
    ours = [f"/{code}/cse/partnerships/{partnership.uuid}/" for code in ("en", "tr")]
    for who in (OUTSIDER, None):
        page = job.open(who, None)
        pairs = [(room, room.replace(key, missing)) for room in rooms]
        if who:
            pairs += [(path, path.replace(str(partnership.uuid), str(uuid.uuid4()))) for path in ours]
        for path, nowhere in pairs:
            there = clean(page.request.get(path), path)
            assert there == clean(page.request.get(nowhere), nowhere), path
            assert there[0] == 404, path
        words = {RENAMED[job.language], TITLE[job.language], key, str(partnership.uuid)}
        for path in (
            "/api/v2/pages/?limit=20",
            "/api/v2/pages/?fields=*&locale=tr",
            f"/{job.language}/cse/search/?q={RENAMED[job.language].split()[-1]}",
            "/sitemap.xml",
        ):
            text = page.request.get(path).text()
            assert not [word for word in words if word in text], path
        assert page.request.get(f"/api/v2/pages/{partnership.page_id}/").status == 404
