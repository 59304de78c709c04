import io
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.coedit.test_sync import signed_in
from wagtail_cse.access.models import PrivateFile
from wagtail_cse.coedit import canonical
from wagtail_cse.coedit import tree as t
from wagtail_cse.coedit.actions import FreezeVersion
from wagtail_cse.coedit.models import DocumentImage

pytestmark = pytest.mark.django_db


def picture(kind="PNG", size=(3, 2), **options):
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **options)
    return out.getvalue()


def upload(world, data, name="a.png", person="anna"):
    client = signed_in(getattr(world, person))
    file = SimpleUploadedFile(name, data)
    return client.post(f"/en/cse/coedit/{world.document.uuid}/images/", {"file": file})


@pytest.mark.parametrize(
    ("kind", "served"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp"), ("GIF", "image/png")],
)
def test_an_image_comes_back_to_who_may_see_it(world, kind, served):
    made = upload(world, picture(kind))
    assert made.status_code == 201
    url = f"/en/cse/coedit/{world.document.uuid}/images/{made.json()['uuid']}/"
    response = signed_in(world.dimitri).get(url)
    assert (response.status_code, response["Content-Type"]) == (200, served)
    assert "private" in response["Cache-Control"]
    with Image.open(io.BytesIO(b"".join(response.streaming_content))) as image:
        assert image.size == (3, 2)
    assert signed_in(world.stranger).get(url).status_code == 404
    file = DocumentImage.objects.get().file
    assert (file.space, file.uploaded_by, file.party.name, file.width) == (world.space, world.anna, "Liman", 3)


def test_what_a_camera_wrote_beside_the_picture_stays_out(world):
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    exif[0x0112] = 6
    upload(world, picture("JPEG", (30, 20), exif=exif), "a.jpg")
    with PrivateFile.objects.get().file.open() as stored:
        data = stored.read()
    assert b"SECRET" not in data
    assert Image.open(io.BytesIO(data)).size == (20, 30), "turned upright"


def test_a_picture_of_a_phone_with_a_second_one_behind_it(world):
    data = picture("MPO", save_all=True, append_images=[Image.new("RGB", (3, 2), "blue")])
    assert upload(world, data, "a.jpg").status_code == 201
    assert PrivateFile.objects.get().content_type == "image/jpeg"


def bomb():
    """A PNG that says it has a billion pixels."""
    import struct

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not an image",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        picture("BMP"),
        picture("PNG")[:40],
        bomb(),
    ],
    ids=["empty", "text", "svg", "bmp", "broken", "bomb"],
)
def test_what_is_no_image_is_refused(world, data):
    response = upload(world, data)
    assert response.status_code == 400
    assert response.json()["error"].endswith((".", "WebP."))
    assert not PrivateFile.objects.exists()


def test_a_commenter_uploads_nothing(world):
    assert upload(world, picture(), person="carla").status_code == 403
    assert not PrivateFile.objects.exists()


def test_the_fingerprint_covers_the_bytes_of_images(world):
    key = upload(world, picture()).json()["uuid"]
    document = world.make(t.node("paragraph", "x"), t.node("image", image=key, alt="Red"))
    DocumentImage.objects.update(document=document)
    version = FreezeVersion(actor=world.actor("anna"), document=document).execute()
    file = PrivateFile.objects.get()
    assert f'"images":{{"{key}":"{file.sha256}"}}'.encode() in bytes(version.canonical)
    assert canonical.verify(version).matches
    with file.file.storage.open(file.file.name, "wb") as stored:
        stored.write(picture("PNG", (3, 2)).replace(b"IEND", b"IENd"))
    assert not canonical.verify(version).matches
