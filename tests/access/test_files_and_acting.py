"""Storing private files; for whom one acts; what is said to who may not; the settings that are checked."""

import hashlib
import io
import os

import pytest
from django.core.checks import run_checks
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image

from tests import factories
from wagtail_cse.access import acting, files
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.files import StorePrivateFile
from wagtail_cse.access.middleware import AccessMiddleware
from wagtail_cse.access.models import PrivateFile
from wagtail_cse.access.parties import remove_member
from wagtail_cse.core.exceptions import Invalid, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(db):
    return factories.space("Volunteers who stay")


def png(width=4, height=3):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(buffer, "PNG")
    return buffer.getvalue()


def store(space, content, name="a.png", content_type="image/png", actor=None):
    return StorePrivateFile(actor=actor, space=space, content=content, name=name, content_type=content_type).execute()


def test_an_image_is_stored_with_what_its_bytes_say(space):
    person = factories.user()
    party = factories.party("Liman", person)
    factories.grant(space, "editor", party=party)
    row = store(space, png(), name="C:\\fakepath\\photo.png", content_type="image/jpeg", actor=Actor(person, party))
    assert (row.name, row.content_type, row.width, row.height) == ("photo.png", "image/png", 4, 3)
    assert (row.uploaded_by, row.party) == (person, party)
    assert len(row.sha256) == 64
    # Neither name nor Space nor type stands in the path.
    assert row.file.name == f"{row.uuid.hex[:2]}/{row.uuid.hex}"
    assert os.path.exists(row.file.path)
    with pytest.raises(ValueError, match="not accessible via a URL"):
        _ = row.file.url


def photo(kind, size=(30, 20)):
    """A picture as a phone takes it: where it was taken, with which device, lying on its side."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    exif[0x0112] = 6
    exif.get_ifd(0x8825).update({1: "N", 2: (38.0, 25.0, 7.0), 3: "E", 4: (27.0, 8.0, 33.0), 29: "2026:01:02"})
    buffer = io.BytesIO()
    options = {"save_all": True, "append_images": [Image.new("RGB", size, "blue")]} if kind == "MPO" else {}
    Image.new("RGB", size, "red").save(buffer, kind, exif=exif, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("kind", "stated", "becomes"),
    [
        ("JPEG", "image/jpeg", "image/jpeg"),
        ("PNG", "image/png", "image/png"),
        ("WEBP", "image/webp", "image/webp"),
        ("AVIF", "image/avif", "image/avif"),
        ("TIFF", "image/tiff", "image/png"),
        # Two pictures in one file, as many phones write them; and what the sender does not call a picture.
        ("MPO", "image/jpeg", "image/jpeg"),
        ("JPEG", "application/octet-stream", "image/jpeg"),
        ("WEBP", "text/plain", "image/webp"),
    ],
)
def test_where_a_picture_was_taken_is_not_stored(space, kind, stated, becomes):
    sent = photo(kind)
    with Image.open(io.BytesIO(sent)) as image:
        assert image.getexif()[0x010F] == "SECRET CAMERA"
        # Pillow writes no place into a TIFF.
        assert kind == "TIFF" or image.getexif().get_ifd(0x8825)[29] == "2026:01:02"
    # A film behind the picture, as "motion photos" have it.
    row = store(space, sent + b"FILM" if kind == "JPEG" else sent, name="a.jpg", content_type=stated)
    with row.file.open() as stored:
        data = stored.read()
    assert b"SECRET" not in data
    assert b"2026:01:02" not in data
    assert b"FILM" not in data
    assert (row.content_type, row.width, row.height, row.size) == (becomes, 20, 30, len(data))
    assert row.sha256 == hashlib.sha256(data).hexdigest()
    with Image.open(io.BytesIO(data)) as image:
        assert dict(image.getexif()) == {}
        assert image.size == (20, 30)
        assert image.convert("RGB").getpixel((10, 10))[0] > 240


def test_a_file_that_is_no_picture_stays_as_it_is(space):
    row = store(space, b"GIF is a word here", name="a.txt", content_type="text/plain")
    with row.file.open() as stored:
        assert stored.read() == b"GIF is a word here"


def test_what_is_not_accepted_leaves_nothing(space, settings):
    settings.WAGTAIL_CSE_ACCESS_MAX_FILE_SIZE = 1000
    settings.WAGTAIL_CSE_ACCESS_MAX_IMAGE_PIXELS = 100
    with pytest.raises(Invalid, match="too large"):
        store(space, b"x" * 1001, content_type="text/plain")
    with pytest.raises(Invalid, match="cannot be read"):
        store(space, b"no image")
    with pytest.raises(Invalid, match="too many pixels"):
        store(space, png(11, 10))
    settings.WAGTAIL_CSE_ACCESS_FILE_TYPES = ["image/png"]
    with pytest.raises(Invalid, match="this type"):
        store(space, b"<svg/>", content_type="image/svg+xml")
    assert not PrivateFile.objects.exists()


def test_who_may_store(space):
    observer = factories.user()
    factories.grant(space, "observer", user=observer)
    with pytest.raises(NotAllowed):
        store(space, png(), actor=Actor(observer))
    with pytest.raises(Http404):
        store(space, png(), actor=Actor(factories.user()))


def test_only_harmless_images_are_shown_inline(space):
    request = RequestFactory().get("/")
    image = store(space, png(), name="Şema.png")
    drawing = store(space, b"<svg onload='alert(1)'/>", name="a.svg", content_type="image/svg+xml")
    shown, saved = files.response(request, image), files.response(request, drawing)
    assert shown["Content-Disposition"] == "inline; filename*=utf-8''%C5%9Eema.png"
    assert saved["Content-Disposition"] == 'attachment; filename="a.svg"'
    assert saved["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_web_server_may_send_the_bytes(space, settings):
    row = store(space, png())
    settings.WAGTAIL_CSE_ACCESS_SENDFILE = "x-accel"
    answer = files.response(RequestFactory().get("/"), row)
    assert answer["X-Accel-Redirect"] == f"/cse-private/{row.file.name}"
    assert answer.content == b""
    settings.WAGTAIL_CSE_ACCESS_SENDFILE = "x-sendfile"
    assert files.response(RequestFactory().get("/"), row)["X-Sendfile"] == row.file.path


def test_one_acts_for_the_chosen_organisation_as_long_as_one_may():
    person = factories.user("both")
    first, second = factories.party("Ada", person), factories.party("Burç", person)
    other = factories.party("Other")
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def acts_for():
        request = RequestFactory().get("/")
        request.user, request.session = person, client.session
        return acting.actor(request).party

    assert acting.parties(person) == [first, second]
    assert acts_for() == first
    url = reverse("cse_access:act-for")
    assert client.post(url, {"party": second.key, "next": "/en/here/"}).url == "/en/here/"
    assert acts_for() == second
    assert client.post(url, {"party": other.key}).status_code == 404
    assert client.post(url, {"party": second.key, "next": "https://evil.example/"}).url == "/"
    remove_member(second, person)
    assert acts_for() == first
    assert acting.actor(_request(factories.user())).party is None


def _request(person):
    request = RequestFactory().get("/")
    request.user, request.session = person, {}
    return request


@pytest.mark.parametrize(("accept", "kind"), [("text/html", "text/html"), ("application/json", "application/json")])
def test_what_a_role_does_not_include_is_said_in_words(accept, kind):
    request = _request(factories.user())
    request.META["HTTP_ACCEPT"] = accept
    error = NotAllowed("Only a coordinator can do this.")
    answer = AccessMiddleware(lambda request: None).process_exception(request, error)
    assert answer.status_code == 403
    assert answer["Content-Type"].startswith(kind)
    assert "Only a coordinator can do this." in answer.content.decode()


def test_the_settings_of_the_tests_pass_all_checks():
    assert [message for message in run_checks() if message.id.startswith("cse_access.")] == []


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("AUTHENTICATION_BACKENDS", ["django.contrib.auth.backends.ModelBackend"], "cse_access.E001"),
        ("ANONYMOUS_USER_NAME", "AnonymousUser", "cse_access.E002"),
        ("MIDDLEWARE", ["django.contrib.auth.middleware.AuthenticationMiddleware"], "cse_access.E003"),
        (
            "MIDDLEWARE",
            [
                "wagtail_cse.access.middleware.AccessMiddleware",
                "django.contrib.auth.middleware.AuthenticationMiddleware",
            ],
            "cse_access.E004",
        ),
        ("WAGTAIL_CSE_ACCESS_SENDFILE", "apache", "cse_access.E007"),
        ("SESSION_ENGINE", "django.contrib.sessions.backends.signed_cookies", "cse_access.W002"),
        ("DATABASES", {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "x"}}, "cse_access.W001"),
    ],
)
def test_a_missing_line_is_named(monkeypatch, name, value, expected):
    from wagtail_cse.access import checks

    monkeypatch.setattr(checks.site, name, value, raising=False)
    found = [
        message
        for check in (
            checks.check_guardian,
            checks.check_middleware,
            checks.check_private_root,
            checks.check_sqlite,
            checks.check_sessions,
        )
        for message in check(None)
    ]
    assert [message.id for message in found] == [expected]
    assert found[0].hint


def test_private_files_never_lie_in_the_media_folder(settings):
    from wagtail_cse.access import checks

    settings.WAGTAIL_CSE_ACCESS_PRIVATE_ROOT = os.path.join(settings.MEDIA_ROOT, "private")
    assert [message.id for message in checks.check_private_root(None)] == ["cse_access.E006"]
