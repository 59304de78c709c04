"""Steps 4 and 5: two organisations in one text at once; versions of it."""

import re
import zipfile

from playwright.sync_api import expect

from tests.e2e.job.drafting import DECLARATION
from tests.e2e.job.walking import OFFICE, SHORE
from tests.e2e.test_editor import content, put_cursor, select_words
from wagtail_cse.coedit import state
from wagtail_cse.coedit.models import Thread, Update
from wagtail_cse.coedit.render import to_html, to_text
from wagtail_cse.modeldocs.models import ModelDocument

BORN_FREE = "All human beings are born free"
NO_SLAVERY = "No one shall be held in slavery"


def row(job):
    return ModelDocument.objects.select_related("document").get(uuid=job.notes["declaration"])


def stored(job):
    return to_text(state.current_tree(row(job).document))


def editor(job, email, websocket=True, **more):
    """That person's browser in the Declaration, ready to write."""
    page = job.open(email, None, **more)
    if not websocket:
        page.route_web_socket("**/socket/**", lambda socket: socket.close(code=1011))
    page.goto(job.url(f"documents/{job.notes['declaration']}/"))
    page.wait_for_selector(".cse-ed[data-ready]")
    return page


def saved(job, page):
    page.wait_for_function("() => window.cseEditor.provider.synced && window.cseEditor.provider.saved")
    expect(page.locator("#cse-saved")).to_contain_text(job.say("All changes saved"))


def write_together(job):
    name_version(job, "elif@example.org", "Ham metin")
    job.notes["imported"] = stored(job)
    elif_, chiara = editor(job, "elif@example.org"), editor(job, "chiara@example.org")
    at_once(job, elif_, chiara)
    bold_and_undo(job, elif_, chiara)
    comments(job, elif_, chiara)
    over_http(job, elif_, chiara)


def at_once(job, elif_, chiara):
    put_cursor(elif_, BORN_FREE)
    put_cursor(chiara, NO_SLAVERY)
    for number in range(6):
        elif_.keyboard.type(f" e{number}")
        chiara.keyboard.type(f" c{number}")
    saved(job, elif_)
    saved(job, chiara)
    expect(elif_.locator("#text")).to_contain_text("c5")
    expect(chiara.locator("#text")).to_contain_text("e5")
    assert content(elif_) == content(chiara)
    text = stored(job)
    assert "e0 e1 e2 e3 e4 e5" in text
    assert "c0 c1 c2 c3 c4 c5" in text
    # Who is here, in words and at the cursor, with the organisation.
    here = elif_.locator("#cse-here")
    expect(here).to_contain_text("Elif Karaca")
    expect(here).to_contain_text("Chiara Lo Presti")
    expect(here).to_contain_text(f"{OFFICE} ·")
    expect(elif_.locator("#text .cse-caret")).to_contain_text(f"{OFFICE} · Chiara Lo Presti")
    job.inspect(elif_)


def bold_and_undo(job, elif_, chiara):
    # One undo takes back what was typed without a pause of half a second; this is to be a step of its own.
    elif_.wait_for_timeout(700)
    put_cursor(elif_, BORN_FREE)
    elif_.keyboard.press("Control+b")
    elif_.keyboard.type(" kalın")
    elif_.keyboard.press("Control+b")
    expect(chiara.locator("#text strong")).to_have_text(re.compile("kalın"))
    put_cursor(chiara, NO_SLAVERY)
    chiara.keyboard.type(" Di Chiara.")
    expect(elif_.locator("#text")).to_contain_text("Di Chiara.")
    saved(job, elif_)
    saved(job, chiara)
    assert "<strong> kalın</strong>" in to_html(state.current_tree(row(job).document))
    elif_.keyboard.press("Control+z")
    expect(chiara.locator("#text")).not_to_contain_text("kalın")
    expect(chiara.locator("#text")).to_contain_text("e0 e1 e2 e3 e4 e5")
    expect(chiara.locator("#text")).to_contain_text("Di Chiara.")


def comments(job, elif_, chiara):
    select_words(chiara, "slavery or servitude")
    chiara.keyboard.press("Control+Alt+m")
    field = chiara.locator("#cse-new-comment")
    expect(field).to_be_focused()
    field.fill("Anche la tratta?")
    job.press(chiara.locator("#cse-threads"), "Comment", exact=True)
    thread = elif_.locator("#cse-threads .cse-thread")
    expect(thread).to_contain_text("Anche la tratta?")
    expect(thread).to_contain_text(f"{OFFICE} · Chiara Lo Presti")
    expect(elif_.locator("#text .cse-anchor")).to_have_text("slavery or servitude")
    job.press(thread, "Answer")
    thread.get_by_label(job.say("Answer as %(party)s", party=SHORE)).fill("Evet, o da.")
    job.press(thread, "Answer")
    expect(chiara.locator("#cse-threads")).to_contain_text("Evet, o da.")
    job.inspect(elif_, accessible=False)
    job.press(chiara.locator("#cse-threads"), "Settled")
    expect(elif_.locator("#text .cse-anchor")).to_have_count(0)
    kept = Thread.objects.get(document=row(job).document)
    assert [comment.body for comment in kept.comments.all()] == ["Anche la tratta?", "Evet, o da."]
    assert kept.resolved_at is not None


def over_http(job, elif_, chiara):
    """Where WebSocket is blocked, the same goes over plain HTTP."""
    job.leave_page(chiara)
    mert = editor(job, "mert@example.org", websocket=False)
    saved(job, mert)
    assert mert.evaluate("() => window.cseEditor.provider.transport") == "http"
    put_cursor(mert, BORN_FREE)
    mert.keyboard.type(" HTTP ile.")
    saved(job, mert)
    expect(elif_.locator("#text")).to_contain_text("HTTP ile.")
    put_cursor(elif_, NO_SLAVERY)
    elif_.keyboard.type(" Soketten.")
    expect(mert.locator("#text")).to_contain_text("Soketten.")
    saved(job, elif_)
    assert content(elif_) == content(mert)
    transports = Update.objects.filter(document=row(job).document).values_list("transport", flat=True)
    assert {"ws", "http"} <= set(transports)


# -- versions --------------------------------------------------------------------------------------------------------


def name_version(job, email, name):
    page = job.open(email, f"documents/{job.notes['declaration']}/versions/")
    job.field(page, "Name of this version").fill(name)
    job.press(page, "Keep this version")
    number = row(job).document.versions.latest("number").number
    job.see(page, "Version %(number)d, “%(name)s”, is kept.", number=number, name=name)
    page.get_by_role("link", name=f"{number}, “{name}”").wait_for()
    job.inspect(page)
    job.leave_page(page)
    return number


def keep_versions(job):
    versions = f"documents/{job.notes['declaration']}/versions/"
    second = name_version(job, "chiara@example.org", "Notlarla")
    assert second == 2
    page = job.open("elif@example.org", f"documents/{job.notes['declaration']}/compare/")
    page.locator("#old").select_option("1")
    page.locator("#new").select_option("2")
    job.press(page, "Compare")
    added = page.locator("ins:visible")
    expect(added.first).to_contain_text("e0 e1 e2 e3 e4 e5")
    assert "Soketten." in " ".join(added.all_inner_texts())
    assert page.locator("del:visible").count() == 0
    job.inspect(page)
    page.goto(job.url(f"{versions}2/"))
    expect(page.locator("article")).to_contain_text("Di Chiara.")
    take_away(job, page)
    page.goto(job.url(f"{versions}1/restore/"))
    job.inspect(page)
    job.press(page, "Take the draft back to version %(number)s", number=1)
    page.wait_for_url(lambda address: "restore" not in address)
    assert stored(job) == job.notes["imported"]
    # Nothing is gone: what was there before is a version too.
    page.goto(job.url(versions))
    page.get_by_role("link", name="2, “Notlarla”").wait_for()
    job.inspect(page, accessible=False)
    kept = [to_text(version.content) for version in row(job).document.versions.order_by("number")]
    assert "Di Chiara." not in kept[0]
    assert "Di Chiara." in kept[1]
    assert "Di Chiara." in kept[-1]


def take_away(job, page):
    with page.expect_download() as download:
        page.get_by_role("link", name=job.say("Web page (HTML)")).click()
    html = download.value.path().read_text()
    assert DECLARATION in html
    assert "Di Chiara." in html
    with page.expect_download() as download:
        page.get_by_role("link", name=job.say("Word document (DOCX)")).click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "Di Chiara." in archive.read("word/document.xml").decode()
