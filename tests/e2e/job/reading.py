"""Steps 9 and 10: what a visitor reads, and what who finds."""

from playwright.sync_api import expect

from tests.e2e.job.drafting import DECLARATION
from tests.e2e.job.publishing import FUNCTIONS, SUMMARY, english_page
from tests.e2e.job.signing import SIGNERS
from tests.e2e.job.translating import SUMMARY_TR, TITLE, turkish_address
from tests.e2e.job.walking import OFFICE, SHORE
from tests.e2e.job.workspace import OUTSIDER
from tests.e2e.job.writing import NO_SLAVERY, editor, put_cursor, saved

TEXTS = {
    "en": (DECLARATION, SUMMARY, "Article 30", "English"),
    "tr": (TITLE, SUMMARY_TR, "Madde 30", "Türkçe"),
}
#: A word that stands in the draft and nowhere else.
SECRET = "zeytindalı"


def read(job):
    title, summary, last, _name = TEXTS[job.language]
    there, back = (TEXTS[code] for code in (job.other(), job.language))
    page = job.open(None, None)
    page.goto(english_page(job).get_parent().get_url() if job.language == "en" else index_of_turkish(job))
    page.get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".cse-head__lead")).to_have_text(summary)
    job.inspect(page)
    # The list of contents leads to the place.
    contents = page.get_by_role("navigation", name=job.say("Contents"))
    if not contents.get_by_role("link", name=last).is_visible():
        contents.locator("summary").click()
    assert contents.get_by_role("link").count() == 31
    contents.get_by_role("link", name=last).click()
    anchor = page.url.partition("#")[2]
    expect(page.locator(f"[id='{anchor}']")).to_have_text(last)
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    # Who signed, where to check it, what may be done with it.
    aside = page.get_by_role("complementary", name=job.say("About this model document"))
    aside.get_by_role("heading", name=job.say("Signed by")).wait_for()
    for name in (SHORE, OFFICE, "Elif Karaca", "Chiara Lo Presti", *FUNCTIONS):
        expect(aside).to_contain_text(name)
    aside.get_by_role("link", name=job.say("Check the signatures")).click()
    job.see(page, "Matches.")
    job.inspect(page)
    assert len(SIGNERS) == page.locator(".cse-signatures li").count()
    page.go_back()
    # The same text in the other language, by the site's language menu and by the line under the title.
    page.locator("header details[data-cse-menu] summary:visible", has_text=back[3]).first.click()
    page.locator(f"header [hreflang={job.other()}]:visible").first.click()
    expect(page.locator("h1")).to_have_text(there[0])
    expect(page.locator("html")).to_have_attribute("lang", job.other())
    page.locator(f".cse-langs a[hreflang={job.language}]").click()
    expect(page.locator("h1")).to_have_text(title)
    page.emulate_media(media="print")
    assert not page.locator("nav.cse-sticky").is_visible()


def index_of_turkish(job):
    return turkish_address(job).rstrip("/").rpartition("/")[0] + "/"


def results(job, page, words):
    page.goto(job.url(f"search/?q={words}"))
    page.locator("main [role=status]").first.wait_for()
    return page.locator("main .cse-item__title").all_inner_texts()


def find(job):
    guest = job.open(None, None)
    assert any(TITLE in found or DECLARATION in found for found in results(job, guest, "kölelik"))
    job.inspect(guest)
    assert any(TITLE in found or DECLARATION in found for found in results(job, guest, "slavery"))
    assert SHORE in results(job, guest, "rıhtım")
    assert OFFICE in results(job, guest, "officina")
    partner = editor(job, "mert@example.org")
    put_cursor(partner, NO_SLAVERY)
    partner.keyboard.type(f" {SECRET}.")
    saved(job, partner)
    job.leave_page(partner)
    for who in (None, OUTSIDER):
        page = job.open(who, None)
        assert results(job, page, SECRET) == []
        # Not even a count.
        assert page.locator("main .cse-facets").count() == 0
    page = job.open("chiara@example.org", None)
    found = results(job, page, SECRET)
    assert found == [DECLARATION]
    job.inspect(page)
    page.locator("main .cse-item__title a").click()
    expect(page.locator("main article")).to_contain_text(SECRET)
