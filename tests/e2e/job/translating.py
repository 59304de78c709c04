"""Step 8: the published text in Turkish, and again after one part of it has changed."""

from bs4 import BeautifulSoup
from playwright.sync_api import expect
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from tests.e2e.job.drafting import DECLARATION, declaration
from tests.e2e.job.network import JOIN, SECRETARY, invited
from tests.e2e.job.publishing import SUMMARY, english_page, put_out
from tests.e2e.job.signing import SIGNERS, ask, current, sign
from tests.e2e.job.walking import PASSWORD, SHORE, SLUGS
from tests.e2e.job.writing import BORN_FREE, editor, put_cursor, row, saved
from wagtail_cse.pages.models import ModelPage

TRANSLATOR = "deniz@example.org"
TITLE = "İnsan hakları evrensel beyannamesi"
SUMMARY_TR = "Herkesin hakları."
TURKISH = (
    "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar.",
    "Yaşamak, hürriyet ve kişi emniyeti her ferdin hakkıdır.",
    "Hiç kimse keyfi olarak tutuklanamaz, alıkonulanamaz veya sürülemez.",
)
ENGLISH = (
    "All human beings are born free and equal in dignity and rights.",
    "Everyone has the right to life, liberty and the security of person.",
    "No one shall be subjected to arbitrary arrest, detention or exile.",
)


def translate(job):
    a_translator_joins(job)
    appoint(job)
    stands_in(job)
    translation = start(job)
    fill(job, translation, english_to_turkish())
    put_live(job)
    live(job)
    job.leave()
    one_part_changes(job, translation)


def turkish_page(job):
    return ModelPage.objects.get(locale__language_code="tr", translation_key=english_page(job).translation_key)


def turkish_address(job):
    """Where the Turkish text is, or will be."""
    from wagtail_cse.pages.models import ModelIndexPage

    return f"{ModelIndexPage.objects.get(locale__language_code='tr').get_url()}{english_page(job).slug}/"


def a_translator_joins(job):
    """An owner invites her own people."""
    page = job.open("elif@example.org", f"organisations/{SLUGS[SHORE]}/invite/")
    job.field(page, "E-mail address").fill(TRANSLATOR)
    job.field(page, "Name").fill("Deniz Kaya")
    page.locator("input[name=role][value=translator]").check()
    job.field(page, "Language of the mail").select_option(job.language)
    job.press(page, "Send the invitation")
    job.see(page, "The invitation is on its way to %(email)s.", email=TRANSLATOR)
    guest = job.open(None, None)
    guest.goto(invited(job, TRANSLATOR))
    words = JOIN[job.language]
    guest.get_by_label(words[0]).fill("Deniz Kaya")
    guest.get_by_label(words[1]).fill(PASSWORD)
    guest.get_by_role("button", name=words[2]).click()
    guest.get_by_text(words[3]).wait_for()
    # Translating is a right that somebody gives; a seat is none.
    assert guest.request.get(job.url("translations/")).status == 404


def appoint(job):
    page = job.open(SECRETARY, "translators/")
    job.field(page, "E-mail address of the account").fill(TRANSLATOR)
    job.field(page, "Translates into").select_option(label={"en": "Turkish", "tr": "Türkçe"}[job.language])
    job.press(page, "Appoint", exact=True)
    job.see(page, "The translator is appointed.")
    page.get_by_text("Deniz Kaya").first.wait_for()
    job.inspect(page)


def stands_in(job):
    """Until there is a translation its address shows the English text, and says so."""
    page = job.open(None, None, language="tr")
    answer = page.goto(turkish_address(job))
    assert answer.status == 200
    page.get_by_text("Bu metin henüz Türkçe değil.").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "tr")
    expect(page.locator("h1")).to_have_attribute("lang", "en")
    expect(page.locator("div.cse-prose")).to_have_attribute("lang", "en")
    expect(page.locator("div.cse-prose")).to_contain_text(BORN_FREE)
    job.axe(page)


def start(job):
    page = job.open(TRANSLATOR, "translations/")
    job.see(page, "Not yet translated")
    job.inspect(page)
    job.press(page, "Translate")
    page.wait_for_url("**/admin/pages/*/edit/**")
    expect(page.locator("body")).to_contain_text(BORN_FREE)
    translation = Translation.objects.get()
    total, done = translation.get_progress()
    # Title, summary, 31 headings, 60 paragraphs.
    assert total == 93
    assert done == 0
    assert not turkish_page(job).live
    return translation


def english_to_turkish():
    """Element by element: both files have the same 124 elements in the same order."""
    texts = []
    for name in ("eng", "tur"):
        soup = BeautifulSoup(declaration(name).read_text(encoding="utf-8"), "html.parser")
        texts.append([tag.decode_contents().strip() for tag in soup.select("h1, h2, p, li")])
    english, turkish = texts
    assert len(english) == len(turkish) == 124
    return dict(zip(english, turkish, strict=True)) | {SUMMARY: SUMMARY_TR}


def fill(job, translation, words):
    """A PO file, as a translator's program makes it, through the form of the translation editor."""
    po = translation.export_po()
    for entry in po:
        if not entry.msgstr and not entry.obsolete:
            entry.msgstr = words[entry.msgid]
    page = job.open(TRANSLATOR, None)
    page.goto(f"/admin/pages/{turkish_page(job).pk}/edit/")
    file = {"name": "tr.po", "mimeType": "text/x-gettext-translation", "buffer": str(po).encode()}
    with page.expect_navigation():
        page.locator("input[type=file][name=file]").set_input_files(file)
    expect(page.locator("main")).to_contain_text(TURKISH[0])
    total, done = translation.get_progress()
    assert total == done


def put_live(job):
    page = job.open(TRANSLATOR, "translations/")
    job.press(page, "Publish the translation")
    job.see(page, "The translation is public now.")
    job.see(page, "Up to date")
    job.inspect(page)


def live(job):
    page = job.open(None, None, language="tr")
    page.goto(turkish_address(job))
    expect(page.locator("h1")).to_have_text(TITLE)
    text = page.locator("main").inner_text()
    for sentence in TURKISH:
        assert text.count(sentence) == 1
    for sentence in (*ENGLISH, "Article", DECLARATION):
        assert sentence not in text
    assert page.locator("div.cse-prose").get_attribute("lang") == "tr"
    headings = page.locator("div.cse-prose h2").all_inner_texts()
    assert headings == ["Önsöz", *(f"Madde {number}" for number in range(1, 31))]
    expect(page.locator("main aside")).to_contain_text("İngilizce")
    job.axe(page)


def one_part_changes(job, translation):
    """One paragraph of the draft changes; it is signed again, published again, and asked of the translator again."""
    page = editor(job, "mert@example.org")
    put_cursor(page, BORN_FREE)
    page.keyboard.type(" Nobody is left out.")
    saved(job, page)
    job.leave()
    ask(job, "Son, bir cümleyle")
    for email in SIGNERS:
        sign(job, email)
    put_out(job, first=False)
    assert current(job).version.number > row(job).signoffs.earliest("pk").version.number
    guest = job.open(None, None)
    guest.goto(english_page(job).get_url())
    expect(guest.locator("div.cse-prose")).to_contain_text("Nobody is left out.")
    total, done = translation.get_progress()
    assert (total - done) == 1
    assert untranslated(translation) == [
        "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience "
        "and should act towards one another in a spirit of brotherhood. Nobody is left out."
    ]
    # What is live stays whole, and says that it is older.
    guest = job.open(None, None, language="tr")
    guest.goto(turkish_address(job))
    guest.get_by_text("Bu çeviri yayımlandıktan sonra özgün metin değiştirildi.").wait_for()
    text = guest.locator("main").inner_text()
    assert all(sentence in text for sentence in TURKISH)
    assert "Nobody is left out." not in text
    assert not [sentence for sentence in ENGLISH if sentence in text]
    page = job.open(TRANSLATOR, "translations/")
    job.see(page, "The original has changed")
    assert page.get_by_role("button", name=job.say("Publish the translation")).count() == 0
    job.inspect(page, accessible=False)


def untranslated(translation):
    return [
        segment.string.data
        for segment in StringSegment.objects.filter(source=translation.source).select_related("string", "context")
        if not StringTranslation.objects.filter(
            translation_of=segment.string, context=segment.context, locale=translation.target_locale
        ).exists()
    ]
