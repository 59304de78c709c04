"""Step 1: from an empty network to two organisations with four people, two mandates and a partnership."""

import datetime as dt
import re

from django.utils import timezone

from tests import factories
from tests.e2e.job.walking import OFFICE, PASSWORD, PEOPLE, SHORE, SLUGS
from wagtail_cse.members.models import Invitation, Mandate, Organisation, Seat
from wagtail_cse.partnerships.models import Partnership

SECRETARY = "sekreter@example.org"
ROOT = "root@example.org"
FACTS = {
    SHORE: ("Turkey", "TR", "İzmir", ["Turkish", "Arabic"], "tr"),
    OFFICE: ("European Union", "IT", "Palermo", ["Italian", "English"], "en"),
}
#: Words of the invitation, in the language in which the person was invited.
JOIN = {
    "en": ("Your name", "Choose a password", "Make the account and accept", "Welcome."),
    "tr": ("Adınız", "Bir parola seçin", "Hesabı aç ve kabul et", "Hoş geldiniz."),
}
TITLE = {"en": "Rights in every language", "tr": "Her dilde haklar"}


def build(job):
    the_site_as_it_was()
    set_up(job)
    desk = job.open(SECRETARY)
    job.inspect(desk)
    admit(job, desk)
    invite(job, desk)
    closed_links(job)
    join(job)
    give_mandates(job, desk)
    start_the_partnership(job, desk)


def the_site_as_it_was():
    """The installing site's own: a home page in two languages, an administrator, an account of the office."""
    from wagtail.models import Locale, Page

    assert not Organisation.objects.exists()
    root = Page.objects.get(depth=2)
    turkish, _created = Locale.objects.get_or_create(language_code="tr")
    root.copy_for_translation(turkish).save_revision().publish()
    factories.superuser("root")
    factories.user("sekreter", first_name="Leyla", last_name="Ersoy")


def set_up(job):
    page = job.open(ROOT, "setup/")
    job.inspect(page)
    job.press(page, "Make what is ticked")
    job.see(page, "Nothing is missing.")
    job.see(page, "Nobody runs the network yet. Name the first person here.")
    job.field(page, "E-mail address of the person").fill(SECRETARY)
    job.press(page, "Add to the secretariat")
    job.see(page, "%(email)s belongs to the secretariat now.", email=SECRETARY)
    job.inspect(page)


def admit(job, desk):
    for name, (side, country, city, languages, profile) in FACTS.items():
        desk.goto(job.url("secretariat/organisations/new/"))
        job.field(desk, "Name of the organisation").fill(name)
        desk.get_by_label(job.say(side), exact=True).check()
        job.field(desk, "Country").select_option(country)
        job.field(desk, "Town or province").fill(city)
        for language in languages:
            desk.get_by_label(job.say(language), exact=True).check()
        job.field(desk, "Make a public profile page in").select_option(profile)
        if name == SHORE:
            job.inspect(desk)
        job.press(desk, "Admit this organisation")
        job.see(desk, "%(organisation)s is a member now. Invite its first people.", organisation=name)
    assert Organisation.objects.members().count() == 2


def invite(job, desk):
    for email, (name, organisation, role, language) in PEOPLE.items():
        desk.goto(job.url(f"organisations/{SLUGS[organisation]}/invite/"))
        job.field(desk, "E-mail address").fill(email)
        job.field(desk, "Name").fill(name)
        desk.locator(f"input[name=role][value={role.lower()}]").check()
        job.field(desk, "Language of the mail").select_option(language or job.language)
        job.press(desk, "Send the invitation")
        job.see(desk, "The invitation is on its way to %(email)s.", email=email)
    job.inspect(desk)


def invited(job, email):
    return job.link_in(job.letter(email))


def closed_links(job):
    """A wrong link and one that came too late say what to do next; a new one comes by mail."""
    email = "paolo@example.org"
    guest = job.open(None, "invitations/not-the-right-one/")
    job.see(guest, "This link is not right")
    job.inspect(guest)
    Invitation.objects.filter(email=email).update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    guest.goto(invited(job, email))
    job.see(guest, "This invitation has expired")
    assert PEOPLE[email][0] not in guest.locator("main").inner_text()
    job.inspect(guest)
    job.press(guest, "Ask for a new link")
    job.see(guest, "The person who invited you has been asked. You get a mail when there is a new link.")
    desk = job.open(SECRETARY, f"organisations/{SLUGS[OFFICE]}/people/")
    before = len(job.site.mails(email))
    desk.get_by_role("button", name=re.compile(f"^{job.say('Send again')} .*{email}")).click()
    desk.wait_for_load_state()
    job.site.wait_for_mails(email, before + 1, timeout=60)


def join(job):
    for email, (name, _organisation, _role, language) in PEOPLE.items():
        language = language or job.language
        assert job.letter(email)["Subject"]
        guest = job.open(None, None, language=language)
        guest.goto(invited(job, email))
        words = JOIN[language]
        guest.get_by_label(words[0]).fill(name)
        guest.get_by_label(words[1]).fill(PASSWORD)
        guest.get_by_role("button", name=words[2]).click()
        guest.get_by_text(words[3]).wait_for()
        assert guest.locator("html").get_attribute("lang") == language
        job.leave_page(guest)
    # A link works once.
    guest = job.open(None, None)
    guest.goto(invited(job, "paolo@example.org"))
    job.see(guest, "This invitation was already used")
    assert Seat.objects.count() == 4


def give_mandates(job, desk):
    functions = {"elif@example.org": "Yönetim kurulu başkanı", "chiara@example.org": "Presidente"}
    for email, function in functions.items():
        name, organisation, _role, _language = PEOPLE[email]
        desk.goto(job.url(f"organisations/{SLUGS[organisation]}/people/"))
        desk.get_by_role("link", name=f"{job.say('Give a mandate')} {name}").click()
        job.field(desk, "Function").fill(function)
        job.press(desk, "Give the mandate")
        job.see(desk, "%(person)s has the mandate now.", person=name)
    job.inspect(desk)
    assert sorted(Mandate.objects.valid().filter(purpose="sign").values_list("user__email", flat=True)) == sorted(
        functions
    )


def start_the_partnership(job, desk):
    desk.goto(job.url("partnerships/start/"))
    for name in (SHORE, OFFICE):
        desk.get_by_label(name).check()
    job.press(desk, "Go on")
    job.field(desk, "Name of the partnership").fill(TITLE[job.language])
    job.field(desk, "What do they want to solve together?").fill("Haklar / Diritti.")
    roles = {"elif": "coordinator", "mert": "editor", "chiara": "coordinator", "paolo": "commenter"}
    for key, role in roles.items():
        desk.get_by_label(PEOPLE[f"{key}@example.org"][0]).select_option(role)
    job.inspect(desk)
    job.press(desk, "Start the partnership")
    job.see(
        desk,
        "“%(title)s” has started. Its people have been told by mail; only they can open the workspace.",
        title=TITLE[job.language],
    )
    partnership = Partnership.objects.get()
    assert partnership.title == TITLE[job.language]
    # Who runs the network does not read along.
    answer = desk.request.get(job.url(f"partnerships/{partnership.uuid}/"))
    assert answer.status == 404
    for email, (_name, _organisation, _role, language) in PEOPLE.items():
        letter = job.site.wait_for_mails(email, 2, timeout=60)[-1]
        assert f"/{language or job.language}/" in job.link_in(letter) or "/go/" in job.link_in(letter)
