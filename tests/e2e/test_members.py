"""Step 1 of the main job, from an empty network: admit, invite, join, give mandates, write a profile."""

import re

import pytest
from django.contrib.auth import get_user_model

from tests import factories
from wagtail_cse.access.network import network_space
from wagtail_cse.members.models import Mandate, Organisation, Seat
from wagtail_cse.pages import setup

PASSWORD = "kirmizi-bisiklet-42"

ORGANISATIONS = [
    ("Rıhtım Dayanışma Derneği", "Turkey", "TR", "İzmir", ["Turkish", "Arabic"], "tr"),
    ("Officina delle Lingue", "European Union", "IT", "Palermo", ["Italian", "English"], "en"),
]


@pytest.fixture(scope="module")
def secretary(site):
    from wagtail.models import Locale, Page

    root = Page.objects.get(depth=2)
    turkish, _created = Locale.objects.get_or_create(language_code="tr")
    root.copy_for_translation(turkish).save_revision().publish()
    while items := setup.missing():
        setup.create(items[0], None)
    user = factories.user("sekreter", first_name="Leyla", last_name="Ersoy")
    factories.grant(network_space(), "coordinator", user=user)
    return user


def invited(site, email):
    body = site.wait_for_mails(email)[-1].get_body(("plain",)).get_content()
    return re.search(r"http://\S+/invitations/\S+", body)[0]


def test_the_first_step_of_the_main_job(site, visitor, secretary, axe, shot):
    desk = visitor(user=secretary)
    desk.goto("/en/cse/")
    desk.get_by_role("link", name="Admit an organisation").click()
    for number, (name, side, country, city, languages, language) in enumerate(ORGANISATIONS):
        if number:
            desk.goto("/en/cse/secretariat/organisations/new/")
        desk.get_by_label("Name of the organisation").fill(name)
        desk.get_by_label(side, exact=True).check()
        desk.get_by_label("Country").select_option(country)
        desk.get_by_label("Town or province").fill(city)
        for word in languages:
            desk.get_by_label(word, exact=True).check()
        desk.get_by_label("Make a public profile page in").select_option(language)
        axe(desk)
        shot(desk, "members-admit")
        desk.get_by_role("button", name="Admit this organisation").click()
        desk.get_by_text(f"{name} is a member now.").wait_for()
    assert Organisation.objects.members().count() == 2

    people = [
        ("rihtim-dayanisma-dernegi", "elif@example.org", "Elif Karaca", "Owner", "tr"),
        ("rihtim-dayanisma-dernegi", "mert@example.org", "Mert Sezer", "Representative", "tr"),
        ("officina-delle-lingue", "chiara@example.org", "Chiara Lo Presti", "Owner", "en"),
        ("officina-delle-lingue", "paolo@example.org", "Paolo Riva", "Editor", "en"),
    ]
    for slug, email, name, role, language in people:
        desk.goto(f"/en/cse/organisations/{slug}/invite/")
        desk.get_by_label("E-mail address").fill(email)
        desk.get_by_label("Name", exact=False).first.fill(name)
        desk.get_by_label(re.compile(f"^{role}:")).check()
        desk.get_by_label("Language of the mail").select_option(language)
        if email.startswith("elif"):
            axe(desk)
            shot(desk, "members-invite")
        desk.get_by_role("button", name="Send the invitation").click()
        desk.get_by_text(f"The invitation is on its way to {email}.").wait_for()

    for _slug, email, name, _role, language in people:
        guest = visitor(language=language, javascript=not email.startswith("paolo"))
        guest.goto(invited(site, email))
        if email.startswith("elif"):
            axe(guest)
            shot(guest, "members-invitation")
        words = ("Adınız", "Bir parola seçin", "Hesabı aç ve kabul et", "Hoş geldiniz.")
        if language == "en":
            words = ("Your name", "Choose a password", "Make the account and accept", "Welcome.")
        guest.get_by_label(words[0]).fill(name)
        guest.get_by_label(words[1]).fill(PASSWORD)
        guest.get_by_role("button", name=words[2]).click()
        guest.get_by_text(words[3]).wait_for()
        assert guest.locator("html").get_attribute("lang") == language
    assert Seat.objects.count() == 4

    for slug, person, function in (
        ("rihtim-dayanisma-dernegi", "Elif Karaca", "Chair of the board"),
        ("officina-delle-lingue", "Chiara Lo Presti", "President"),
    ):
        desk.goto(f"/en/cse/organisations/{slug}/people/")
        desk.get_by_role("link", name=f"Give a mandate {person}").click()
        desk.get_by_label("Function").fill(function)
        axe(desk)
        desk.get_by_role("button", name="Give the mandate").click()
        desk.get_by_text(f"{person} has the mandate now.").wait_for()
        axe(desk)
        shot(desk, "members-people")
    assert Mandate.objects.valid().filter(purpose="sign").count() == 2
    desk.goto("/en/cse/secretariat/organisations/")
    axe(desk)
    shot(desk, "members-list")


def test_a_profile_written_in_turkish_and_read_by_everybody(site, visitor, secretary, axe, shot):
    elif_ = get_user_model().objects.get(email="elif@example.org")
    desk = visitor(user=elif_, language="tr")
    desk.goto("/tr/cse/organisations/rihtim-dayanisma-dernegi/people/")
    axe(desk)
    shot(desk, "members-people-owner")
    desk.get_by_role("link", name="Profili değiştir").click()
    desk.get_by_label("Tek cümleyle").fill("İzmir’in eski limanının arkasında herkese açık bir mekân.")
    desk.get_by_label("Ne yapıyorsunuz?").fill(
        "Kapımız onda açılır, akşam dersi bitene kadar açık kalır.\n\n- Türkçe dersleri\n- **Mektup masası**"
    )
    desk.get_by_label("Çalışma konuları").fill("gönüllüler, dil, danışma")
    desk.get_by_label("Paylaşabileceklerimiz").fill("Eşlik eden gönüllüler\nAltı dilde onam kartı")
    desk.get_by_label("Aradıklarımız").fill("Hastanelerle çalışmış ortaklar")
    desk.get_by_label("Bize nasıl ulaşılır").fill("Mavi kapıyı çalın.")
    axe(desk)
    shot(desk, "members-profile-form")
    desk.get_by_role("button", name="Kaydet ve yayımla").click()
    desk.get_by_text("Profiliniz kaydedildi; herkes okuyabilir.").wait_for()
    shot(desk, "members-profile-own")
    anybody = visitor(language="tr")
    anybody.goto(desk.url)
    anybody.get_by_role("heading", name="Rıhtım Dayanışma Derneği").wait_for()
    assert anybody.get_by_text("Mektup masası").count() == 1
    axe(anybody)
    shot(anybody, "members-profile")
    anybody.get_by_role("link", name="Kuruluşlar").first.click()
    anybody.get_by_role("link", name="Rıhtım Dayanışma Derneği").wait_for()
    axe(anybody)
    shot(anybody, "members-directory")


def test_a_wrong_link_says_what_to_do(site, visitor, secretary, axe, shot):
    guest = visitor()
    guest.goto("/en/cse/invitations/not-the-right-one/")
    guest.get_by_role("heading", name="This link is not right").wait_for()
    axe(guest)
    shot(guest, "members-invitation-wrong", schemes=("light",))
