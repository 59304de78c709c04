"""Sign-in, sign-out, new password: both languages, nothing told to strangers."""

import re
from urllib.parse import quote

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

User = get_user_model()
PASSWORD = "a long and good password"


@pytest.fixture
def defne(db):
    return User.objects.create_user("defne@example.org", PASSWORD, first_name="Defne", last_name="Aydın")


def sign_in(client, email, password=PASSWORD, language="en", **extra):
    return client.post(
        f"/{language}/cse/account/sign-in/", {"username": email, "password": password, **extra}, follow=False
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Sign in", "E-mail address", "Password", "Stay signed in for 14 days", "I forgot my password"]),
        ("tr", ["Giriş yap", "E-posta adresi", "Parola", "14 gün boyunca oturum açık kalsın", "Parolamı unuttum"]),
    ],
)
def test_sign_in_page_in_both_languages(client, language, words):
    html = client.get(f"/{language}/cse/account/sign-in/").content.decode()
    assert f'<html lang="{language}"' in html
    for word in words:
        assert word in html
    assert 'type="email"' in html
    assert 'autocomplete="username"' in html


def test_sign_in_leads_home_and_lasts_until_the_browser_closes(client, defne):
    response = sign_in(client, "defne@example.org")
    assert response.status_code == 302
    assert response["Location"] == "/en/cse/"
    assert client.session.get_expire_at_browser_close() is True


def test_stay_signed_in_lasts_fourteen_days(client, defne):
    sign_in(client, "defne@example.org", stay="on")
    assert client.session.get_expiry_age() == 14 * 24 * 3600


def test_next_is_followed_only_inside_this_site(client, defne):
    assert sign_in(client, "defne@example.org", next="/tr/cse/account/")["Location"] == "/tr/cse/account/"
    client.logout()
    assert sign_in(client, "defne@example.org", next="https://evil.example/")["Location"] == "/en/cse/"


def test_wrong_password_and_unknown_name_get_the_same_answer(client, defne):
    known = sign_in(client, "defne@example.org", "wrong").content.decode()
    unknown = sign_in(client, "nobody@example.org", "wrong").content.decode()
    assert "This name and password do not fit together." in known

    def plain(html):
        html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
        return html.replace("defne@example.org", "X").replace("nobody@example.org", "X")

    assert plain(known) == plain(unknown)
    assert 'value="defne@example.org"' in known


def test_after_eight_wrong_tries_even_the_right_password_waits(client, defne):
    for _ in range(8):
        assert "do not fit together" in sign_in(client, "defne@example.org", "wrong").content.decode()
    response = sign_in(client, "defne@example.org")
    assert response.status_code == 200
    assert "Too many tries." in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_pause_is_the_same_for_a_name_that_does_not_exist(client, defne):
    for _ in range(8):
        sign_in(client, "nobody@example.org", "wrong")
    assert "Too many tries." in sign_in(client, "nobody@example.org", "wrong").content.decode()
    assert sign_in(client, "defne@example.org").status_code == 302


def test_another_address_of_the_network_is_not_locked_out(client, defne):
    for _ in range(8):
        sign_in(client, "defne@example.org", "wrong")
    client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_in(client, "defne@example.org").status_code == 302


def test_sign_out_is_by_post_only(client, defne):
    client.force_login(defne)
    assert client.get("/en/cse/account/sign-out/").status_code == 405
    assert "_auth_user_id" in client.session
    response = client.post("/en/cse/account/sign-out/", follow=True)
    assert "_auth_user_id" not in client.session
    assert "You are signed out." in response.content.decode()


@pytest.mark.parametrize(
    ("language", "subject", "sentence"),
    [
        ("en", "Your link for a new password at Tests", "Somebody asked for a new password for you"),
        ("tr", "Tests için yeni parola bağlantınız", "sizin için yeni bir parola istedi"),
    ],
)
def test_reset_letter_speaks_the_receivers_language(
    client, defne, django_capture_on_commit_callbacks, language, subject, sentence
):
    from wagtail.users.models import UserProfile

    UserProfile.objects.create(user=defne, preferred_language=language)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/en/cse/account/password/reset/", {"email": "defne@example.org"})
    assert response["Location"] == "/en/cse/account/password/reset/sent/"
    (letter,) = mail.outbox
    assert letter.subject == subject
    assert sentence in letter.body
    assert letter.to == ["defne@example.org"]
    assert letter.from_email == "network@example.org"
    link = re.search(r"http://testserver(\S+)", letter.body).group(1)
    assert link.startswith(f"/{language}/cse/account/password/reset/")

    page = client.get(link, follow=True)
    form_url = page.request["PATH_INFO"]
    new = "another long and good one"
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(form_url, {"new_password1": new, "new_password2": new}, follow=True)
    assert done.status_code == 200
    assert User.objects.get(pk=defne.pk).check_password(new)
    assert len(mail.outbox) == 2
    assert client.get(link, follow=True).context["validlink"] is False


def test_reset_tells_nothing_about_unknown_addresses(client, defne, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        known = client.post("/en/cse/account/password/reset/", {"email": "defne@example.org"}, follow=True)
    with django_capture_on_commit_callbacks(execute=True):
        unknown = client.post("/en/cse/account/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.content == unknown.content
    assert len(mail.outbox) == 1


def test_reset_letters_stop_after_eight(client, defne, django_capture_on_commit_callbacks):
    for _ in range(10):
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post("/en/cse/account/password/reset/", {"email": "defne@example.org"})
        assert response.status_code == 302
    assert len(mail.outbox) == 8


def test_two_different_new_passwords_are_explained_at_the_field(client, defne):
    client.force_login(defne)
    response = client.post(
        "/tr/cse/account/password/",
        {"old_password": PASSWORD, "new_password1": "first long good one", "new_password2": "second long good one"},
    )
    html = response.content.decode()
    assert 'href="#id_new_password2"' in html
    assert 'aria-invalid="true"' in html
    assert User.objects.get(pk=defne.pk).check_password(PASSWORD)


def test_password_change_keeps_this_session_and_tells_by_letter(client, defne, django_capture_on_commit_callbacks):
    client.force_login(defne)
    new = "another long and good one"
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            "/en/cse/account/password/",
            {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
            follow=True,
        )
    assert "Your password is changed." in response.content.decode()
    assert [letter.subject for letter in mail.outbox] == ["Your password at Tests was changed"]


@pytest.mark.parametrize("name", ["home", "preferences", "password-change", "confirm-identity", "open"])
def test_a_stranger_is_led_to_sign_in(client, db, name):
    with translation.override("tr"):
        url = reverse(f"cse_core:{name}")
    response = client.get(url)
    assert response.status_code == 302
    assert response["Location"].startswith("/tr/cse/account/sign-in/?next=/tr/cse/")


def test_links_in_letters_sign_in_first_whether_the_target_exists_or_not(client, defne):
    from wagtail_cse.core import mail as core_mail

    link = core_mail.link("/en/nowhere/")
    assert link == "http://testserver/en/cse/open/?to=%2Fen%2Fnowhere%2F"
    path = link.removeprefix("http://testserver")
    assert (
        client.get(path)["Location"] == "/en/cse/account/sign-in/?next=/en/cse/open/%3Fto%3D%252Fen%252Fnowhere%252F"
    )
    client.force_login(defne)
    assert client.get(path)["Location"] == "/en/nowhere/"


def test_what_a_link_in_a_letter_answers_says_nothing_about_its_target(client, db, defne):
    """The same for a page that everybody sees, for an address that exists and is not his, and for none."""
    from wagtail_cse.core import mail as core_mail

    person = Client()
    person.force_login(defne)
    for target in ("/en/", "/en/cse/account/preferences/", "/en/nowhere/?a=1&b=2"):
        path = core_mail.link(target).removeprefix("http://testserver")
        stranger = client.get(path)
        assert (stranger.status_code, stranger.content) == (302, b"")
        assert stranger["Location"] == f"/en/cse/account/sign-in/?next={quote(path)}"
        assert person.get(path)["Location"] == target


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "",
    ],
)
def test_links_in_letters_stay_on_this_site(client, defne, target):
    client.force_login(defne)
    assert client.get("/en/cse/open/", {"to": target})["Location"] == "/en/cse/"


def test_identity_is_asked_again_when_the_sign_in_is_old(client, defne, rf):
    from wagtail_cse.core import recent

    client.force_login(defne)
    session = client.session
    assert session[recent.SESSION_KEY] > 0
    session[recent.SESSION_KEY] = 1
    session.save()

    @recent.recent_sign_in_required(max_age=60)
    def view(request):
        raise AssertionError("not reached")

    request = rf.post("/en/sign/7/")
    request.user, request.session = defne, client.session
    assert view(request)["Location"] == "/en/cse/account/confirm/?next=%2Fen%2Fsign%2F7%2F"

    page = client.post("/en/cse/account/confirm/", {"password": "wrong", "next": "/en/sign/7/"})
    assert "This is not your password." in page.content.decode()
    assert client.session[recent.SESSION_KEY] == 1
    good = client.post("/en/cse/account/confirm/", {"password": PASSWORD, "next": "/en/sign/7/"})
    assert good["Location"] == "/en/sign/7/"
    request.session = client.session
    assert recent.is_recent(request, 60)


def test_identity_guessing_is_slowed_down(client, defne):
    client.force_login(defne)
    for _ in range(8):
        client.post("/en/cse/account/confirm/", {"password": "wrong"})
    page = client.post("/en/cse/account/confirm/", {"password": PASSWORD})
    assert "Too many tries." in page.content.decode()


@pytest.mark.django_db
def test_a_name_model_accepts_the_address_of_one_person(monkeypatch):
    """`first_name` stands in for a name: the tests' own user model signs in with an address."""
    from wagtail_cse.core import forms

    User.objects.create_user("defne@example.org", PASSWORD, first_name="defne")
    User.objects.create_user("one@example.org", PASSWORD, first_name="one")
    monkeypatch.setattr(forms, "signs_in_by_email", lambda: False)
    monkeypatch.setattr(User, "USERNAME_FIELD", "first_name")
    assert forms.name_of("Defne@Example.org") == "defne"
    assert forms.name_of("defne") == "defne"
    assert forms.name_of("nobody@example.org") == "nobody@example.org"
    User.objects.filter(first_name="one").update(email="DEFNE@example.org")
    assert forms.name_of("defne@example.org") == "defne@example.org"


def test_a_name_model_is_asked_for_its_name(settings):
    from django.contrib.auth.models import User as NamedUser

    from wagtail_cse.core import forms

    forms_model = forms.get_user_model
    try:
        forms.get_user_model = lambda: NamedUser
        assert forms.signs_in_by_email() is False
        form = forms.SignInForm()
        assert str(form.fields["username"].label) == "User name or e-mail address"
        assert form.fields["username"].widget.input_type == "text"
    finally:
        forms.get_user_model = forms_model
