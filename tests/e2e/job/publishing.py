"""Step 7: what becomes public, and then it is."""

from playwright.sync_api import expect

from tests.e2e.job.drafting import DECLARATION
from tests.e2e.job.network import ROOT
from tests.e2e.job.signing import SIGNERS, current
from tests.e2e.job.writing import BORN_FREE, row
from wagtail_cse.pages.models import ModelPage

SUMMARY = "Rights that belong to everybody."
FUNCTIONS = ("Yönetim kurulu başkanı", "Presidente")


def publish(job):
    put_out(job)
    page = english_page(job)
    guest = job.open(None, None)
    guest.goto(page.get_url())
    expect(guest.locator("h1")).to_have_text(DECLARATION)
    expect(guest.locator(".cse-prose")).to_contain_text(BORN_FREE)
    aside = guest.locator("main aside")
    for organisation, _language in SIGNERS.values():
        expect(aside).to_contain_text(organisation)
    for function in FUNCTIONS:
        expect(aside).to_contain_text(function)
    expect(aside.locator("a[rel=license]")).to_have_attribute(
        "href", "https://creativecommons.org/licenses/by-sa/4.0/"
    )
    job.axe(guest)
    # What is public can be checked by everybody.
    assert guest.request.get(job.url(f"verify/{current(job).uuid}/")).status == 200
    # The draft, its versions and the people in it stay inside.
    for path in ("", "versions/", "read/", "print/"):
        answer = guest.request.get(job.url(f"documents/{job.notes['declaration']}/{path}"), max_redirects=0)
        assert answer.status in (302, 404), path
    read_only_in_the_admin(job, page)


def english_page(job):
    return ModelPage.objects.get(locale__language_code="en", model_document=row(job))


def put_out(job, first=True):
    """A coordinator sees what becomes public, and publishes it."""
    signoff = current(job)
    page = job.open("chiara@example.org", f"sign-off/{signoff.uuid}/")
    job.see(page, "All partners have signed")
    page.get_by_role("link", name=job.say("See what becomes public")).first.click()
    page.get_by_role("heading", name=job.say("What becomes public")).wait_for()
    job.inspect(page)
    if first:
        job.field(page, "In two sentences").fill(SUMMARY)
    job.press(page, "Publish version %(number)s", number=signoff.version.number)
    job.see(page, "Please confirm that you have seen what becomes public.")
    assert page.locator("#id_summary").input_value() == SUMMARY
    page.get_by_label(job.say("I have seen what becomes public, and to whom")).check()
    job.press(page, "Publish version %(number)s", number=signoff.version.number)
    job.see(page, "The model document is public now.")
    job.leave_page(page)


def read_only_in_the_admin(job, model):
    page = job.open(ROOT, None)
    page.goto(f"/admin/pages/{model.pk}/edit/")
    expect(page.locator("main")).to_contain_text(BORN_FREE)
    assert page.locator("[name^='body']").count() == 0
    assert page.locator("[name='summary']").count() == 1
