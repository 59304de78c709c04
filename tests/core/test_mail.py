"""Letters: in the receiver's language, on commit, one line of subject, and never in the way of the work."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as django_mail
from django.db import transaction
from wagtail.users.models import UserProfile

from wagtail_cse.core import mail

User = get_user_model()


@pytest.fixture
def defne(db):
    user = User.objects.create_user("defne@example.org", "x", first_name="Defne <b>", last_name="Aydın")
    UserProfile.objects.create(user=user, preferred_language="tr", current_time_zone="Europe/Istanbul")
    return user


def send(django_capture_on_commit_callbacks, *args, **kwargs):
    with django_capture_on_commit_callbacks(execute=True):
        mail.send(*args, **kwargs)
    return django_mail.outbox


def test_the_letter_speaks_turkish_and_escapes_only_the_html(defne, django_capture_on_commit_callbacks):
    context = {"moment": "bugün", "url": "http://testserver/x/?a=1&b=2"}
    (letter,) = send(django_capture_on_commit_callbacks, "core/password_changed", defne, context)
    assert letter.subject == "Tests parolanız değiştirildi"
    assert letter.body.startswith("Merhaba Defne <b> Aydın,\n\nTests parolanız değiştirildi (bugün).")
    assert "http://testserver/x/?a=1&b=2" in letter.body
    assert "Bu iletiyi, adresiniz kayıtlı olduğu için Tests gönderdi." in letter.body
    (html,) = [part.content for part in letter.alternatives]
    assert '<html lang="tr" dir="ltr">' in html
    assert "Defne &lt;b&gt; Aydın" in html
    assert 'href="http://testserver/x/?a=1&amp;b=2"' in html
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"


def test_an_address_with_a_language(db, django_capture_on_commit_callbacks):
    outbox = send(
        django_capture_on_commit_callbacks,
        "core/password_changed",
        ("someone@example.org", "el"),
        {"moment": "x", "url": "y"},
        language="tr",
    )
    assert outbox[0].to == ["someone@example.org"]
    assert outbox[0].body.startswith("Merhaba,")


def test_a_path_becomes_a_link_that_signs_in_first_in_the_receivers_language(
    defne, django_capture_on_commit_callbacks
):
    context = {"moment": "x", "path": "/en/cse/account/"}
    (letter,) = send(django_capture_on_commit_callbacks, "wagtail_cse/core/mail/password_changed", defne, context)
    assert "http://testserver/tr/cse/open/?to=%2Ftr%2Fcse%2Faccount%2F" in letter.body


@pytest.mark.django_db(transaction=True)
def test_nothing_is_sent_when_the_work_is_undone():
    user = User.objects.create_user("defne@example.org", "x")
    with transaction.atomic():
        mail.send("core/password_changed", user, {"moment": "x", "url": "y"})
        transaction.set_rollback(True)
    assert django_mail.outbox == []


def test_a_mail_server_that_fails_breaks_nothing(defne, settings, caplog, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    send(django_capture_on_commit_callbacks, "core/password_changed", defne, {"moment": "x", "url": "y"})
    assert "The letter core/password_changed could not be sent" in caplog.text
    assert "defne@example.org" not in caplog.messages[0]


def test_a_person_without_an_address_gets_nothing(db, django_capture_on_commit_callbacks):
    assert send(django_capture_on_commit_callbacks, "core/password_changed", User(email=""), {}) == []


def test_line_breaks_never_reach_the_subject(defne, settings, django_capture_on_commit_callbacks):
    settings.WAGTAIL_SITE_NAME = "One\nBcc: victim@example.org"
    from wagtail.models import Site

    Site.objects.update(site_name="")
    (letter,) = send(django_capture_on_commit_callbacks, "core/password_changed", defne, {"moment": "x", "url": "y"})
    assert letter.subject == "One Bcc: victim@example.org parolanız değiştirildi"
