"""Step 6: a version is frozen, both organisations sign exactly that, anybody can check it."""

import hashlib
import json
import re

from playwright.sync_api import expect

from tests.e2e.job.walking import OFFICE, PASSWORD, SHORE
from tests.e2e.job.writing import BORN_FREE, editor, put_cursor, row, saved
from wagtail_cse.coedit.models import Version
from wagtail_cse.modeldocs.models import SignOff

SIGNERS = {"elif@example.org": (SHORE, "tr"), "chiara@example.org": (OFFICE, "en")}
#: The mails, each in its reader's language whatever the language of the walk.
PLEASE = {
    "en": ("Your organisation is asked to sign a text", "Read it and sign it here:"),
    "tr": ("Kuruluşunuzdan bir metni imzalaması isteniyor", "Buradan okuyup imzalayabilirsiniz:"),
}


def sign_one_version(job):
    ask(job, "Son")
    mails(job)
    for email in SIGNERS:
        sign(job, email)
    signoff = current(job)
    assert signoff.completed_at is not None
    job.notes["signoff"] = str(signoff.uuid)
    check_the_fingerprint(job, signoff)
    a_later_edit(job, signoff)


def current(job):
    return SignOff.objects.filter(model_document=row(job)).latest("pk")


def ask(job, name):
    """The coordinator freezes the draft and asks the partners."""
    job.site.clear_mails()
    page = job.open("elif@example.org", f"documents/{job.notes['declaration']}/sign-off/")
    for organisation in SIGNERS.values():
        page.get_by_text(organisation[0]).first.wait_for()
    job.inspect(page)
    job.field(page, "Name of this version").fill(name)
    job.press(page, "Freeze it and ask the partners")
    job.see(page, "The version is frozen. The partners who have not signed were asked by mail.")
    job.inspect(page)
    # An editor may not.
    mert = job.open("mert@example.org", None)
    assert mert.request.get(job.url(f"documents/{job.notes['declaration']}/sign-off/")).status == 403
    job.leave_page(page)
    job.leave_page(mert)


def mails(job):
    for email, (_organisation, language) in SIGNERS.items():
        (letter,) = job.site.wait_for_mails(email, timeout=60)
        subject, sentence = PLEASE[language]
        assert letter["Subject"] == subject
        assert sentence in letter.get_body(("plain",)).get_content()
    assert {letter["To"] for letter in job.site.mails()} == set(SIGNERS)


def sign(job, email):
    """From the link in the mail: read, password once more, sign."""
    organisation, _language = SIGNERS[email]
    number = current(job).version.number
    page = job.open(email, None)
    page.goto(job.link_in(job.letter(email)))
    page.goto(re.sub(r"/(en|tr)/cse/", f"/{job.language}/cse/", page.url))
    expect(page.locator("article.cse-prose")).to_contain_text(BORN_FREE)
    job.inspect(page)
    label = job.say(
        "I have read version %(number)d and sign it for %(organisation)s", number=number, organisation=organisation
    )
    job.press(page, "Sign for %(organisation)s", organisation=organisation)
    page.wait_for_url("**/confirm/**")
    job.see(page, "Your password, once more")
    job.inspect(page)
    page.locator("#id_password").fill(PASSWORD)
    job.press(page, "Go on")
    page.wait_for_url("**/sign-off/**")
    job.press(page, "Sign for %(organisation)s", organisation=organisation)
    job.see(page, "Please confirm that you have read this version before you sign.")
    page.get_by_label(label).check()
    job.press(page, "Sign for %(organisation)s", organisation=organisation)
    job.see(page, "Version %(number)d is signed for %(organisation)s.", number=number, organisation=organisation)
    job.inspect(page, accessible=False)
    job.leave_page(page)


def check_the_fingerprint(job, signoff):
    version = signoff.version
    page = job.open("chiara@example.org", f"verify/{signoff.uuid}/")
    job.see(page, "Matches.")
    job.inspect(page)
    with page.expect_download() as download:
        page.locator("main a[download]").click()
    digest = hashlib.sha256(download.value.path().read_bytes()).hexdigest()
    shown = page.locator(".cse-facts code.cse-hash").all_inner_texts()
    assert shown == [digest, digest], (shown, digest)
    assert download.value.suggested_filename == f"version-{version.number}-{digest[:12]}.json"
    # One letter of the kept text, changed behind the back of everybody.
    whole = version.content
    bent = replace_once(whole, BORN_FREE, BORN_FREE.replace("born", "torn"))
    Version.objects.filter(pk=version.pk).update(content=bent)
    page.reload()
    page.get_by_role("heading", name=job.say("Does not match")).wait_for()
    job.inspect(page)
    assert page.locator(".cse-facts code.cse-hash").first.inner_text() == digest
    assert page.locator(".cse-facts code.cse-hash").last.inner_text() != digest
    Version.objects.filter(pk=version.pk).update(content=whole)
    # One byte of the canonical form itself.
    data = bytes(version.canonical)
    Version.objects.filter(pk=version.pk).update(canonical=data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    page.reload()
    page.get_by_role("heading", name=job.say("Does not match")).wait_for()
    Version.objects.filter(pk=version.pk).update(canonical=data)
    page.reload()
    job.see(page, "Matches.")
    # It is not published yet: for everybody else there is nothing.
    guest = job.open(None, None)
    assert guest.request.get(job.url(f"verify/{signoff.uuid}/")).status == 404


def replace_once(value, old, new):
    """The tree with the first text that holds `old` changed."""
    text = json.dumps(value, ensure_ascii=False)
    assert old in text
    return json.loads(text.replace(old, new, 1))


def a_later_edit(job, signoff):
    page = editor(job, "mert@example.org")
    put_cursor(page, BORN_FREE)
    page.keyboard.type(" Sonradan.")
    saved(job, page)
    page.goto(job.url(f"sign-off/{signoff.uuid}/"))
    number = signoff.version.number
    sentence = (
        "The draft was changed after version %(number)s was frozen. Signatures belong to version %(number)s only; "
        "the changes are not part of it."
    )
    job.see(page, sentence, number=number)
    page.locator("#text summary").click()
    expect(page.locator("#text")).not_to_contain_text("Sonradan.")
    job.inspect(page, accessible=False)
    assert signoff.signatures.count() == 2
    page = editor(job, "mert@example.org")
    page.wait_for_function("() => window.cseEditor.provider.synced")
    put_cursor(page, BORN_FREE)
    for _letter in " Sonradan.":
        page.keyboard.press("Backspace")
    saved(job, page)
