"""The person's own pages in a browser: without a mouse, without JavaScript, on a phone, in both languages."""

import re

import pytest
from django.contrib.auth import get_user_model

PASSWORD = "Uzun-ve-iyi-parola-7"


@pytest.fixture(scope="module")
def defne(site):
    return get_user_model().objects.create_user("defne@example.org", PASSWORD, first_name="Defne", last_name="Aydın")


@pytest.mark.parametrize("language", ["en", "tr"])
@pytest.mark.parametrize("javascript", [True, False])
def test_sign_in_home_and_out(visitor, defne, axe, shot, language, javascript):
    page = visitor(language=language, width=360, javascript=javascript)
    page.goto(f"/{language}/cse/account/")
    page.wait_for_url(re.compile(rf"/{language}/cse/account/sign-in/"))
    if javascript:
        axe(page)
        shot(page, "sign-in")
    page.locator("#id_username").fill("defne@example.org")
    page.locator("#id_password").fill("wrong")
    page.locator("main button[type=submit]").click()
    assert page.locator(".cse-errors").is_visible()
    if javascript:
        assert page.evaluate("document.activeElement.className") == "cse-errors"
        axe(page)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile(rf"/{language}/cse/account/$"))
    page.goto(f"/{language}/cse/")
    if javascript:
        axe(page)
        shot(page, "home-empty")
    page.locator("header details:has(form[action$='sign-out/']) > summary").click()
    page.locator("form[action$='sign-out/'] button").click()
    page.wait_for_url(re.compile("sign-in"))
    words = {"en": "You are signed out.", "tr": "Oturumunuz kapatıldı."}
    assert page.get_by_text(words[language]).is_visible()


def test_preferences_and_language_by_keyboard(visitor, defne, axe, shot):
    page = visitor(user=defne, timezone_id="Europe/Istanbul")
    page.goto("/en/cse/account/")
    axe(page)
    shot(page, "preferences")
    offer = page.get_by_role("button", name="Take the time zone of this device: Istanbul (UTC+03:00)")
    offer.focus()
    page.keyboard.press("Enter")
    assert page.locator("#id_zone").input_value() == "Europe/Istanbul"
    page.get_by_role("radio", name="Türkçe").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("/tr/cse/account/"))
    assert page.get_by_text("Kaydedildi.").is_visible()
    axe(page)
    assert page.get_by_role("button", name="Bu cihazın").count() == 0

    menu = page.locator("header details:has(form[action$='language/']) > summary").first
    menu.focus()
    page.keyboard.press("Enter")
    assert page.locator("header details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("header details[open]").count() == 0
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="English").first.click()
    page.wait_for_url(re.compile("/en/cse/account/"))


def test_a_new_password_by_letter(site, visitor, defne, axe):
    page = visitor(language="tr", width=360)
    page.goto("/tr/cse/account/password/reset/")
    axe(page)
    page.locator("#id_email").fill("defne@example.org")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("sent"))
    axe(page)
    letter = site.mails()[-1]
    text = letter.get_body(("plain",)).get_content()
    link = re.search(r"http://\S+/reset/\S+", text).group(0)
    page.goto(link)
    axe(page)
    page.locator("#id_new_password1").fill("Yeni-uzun-parola-8")
    page.locator("#id_new_password2").fill("Yeni-uzun-parola-8")
    page.locator("main button[type=submit]").click()
    page.wait_for_url(re.compile("done"))
    defne.refresh_from_db()
    assert defne.check_password("Yeni-uzun-parola-8")
    page.goto(link)
    assert page.locator("h1").inner_text() in ("Bu bağlantı artık çalışmıyor", "This link no longer works")


def test_the_pages_fit_a_phone(visitor, defne):
    page = visitor(user=defne, width=320, language="tr")
    for path in ("account/", "account/sign-in/", "account/password/", "", "account/confirm/"):
        page.goto(f"/tr/cse/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
