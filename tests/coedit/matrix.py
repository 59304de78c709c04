"""Rows of the permission matrix: one document in the Space of the personas, with a thread and an image."""

import io
import json
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.matrix import Row
from wagtail_cse.access.actors import Actor
from wagtail_cse.coedit import tree as t
from wagtail_cse.coedit.actions import AddImage, CreateDocument, OpenThread

#: An encoded Yjs relative position: the end of the root.
ANCHOR = b"\x01\x0bprosemirror"


def png():
    out = io.BytesIO()
    Image.new("RGB", (2, 2), "red").save(out, "PNG")
    return SimpleUploadedFile("red.png", out.getvalue(), "image/png")


def build(world):
    actor = Actor(world.people["coordinator"])
    document = CreateDocument(
        actor=None,
        space=world.space,
        kind="test",
        title="A model",
        language="en",
        content=t.doc(t.node("heading", "Aims", level=2), t.node("paragraph", "Words.")),
    ).execute()
    thread = OpenThread(
        actor=actor,
        document=document,
        start=ANCHOR,
        end=ANCHOR,
        quote="Words",
        bid="",
        body="Which?",
        request_id=uuid.uuid4(),
    ).execute()
    image = AddImage(actor=actor, document=document, file=png()).execute()
    world.things["coedit"] = {"document": document, "thread": thread, "image": image}


def of(**more):
    def kwargs(world):
        things = world.things["coedit"]
        return {"key": things["document"].uuid} | {key: things[key].uuid for key in more}

    return kwargs


def comment(world):
    return json.dumps({"body": "Mine.", "request_id": str(uuid.uuid4())})


def opened(world):
    return json.dumps(
        {
            "start": "AQtwcm9zZW1pcnJvcg==",
            "end": "AQtwcm9zZW1pcnJvcg==",
            "quote": "Words",
            "bid": "",
            "body": "Mine.",
            "request_id": str(uuid.uuid4()),
        }
    )


JSON = "application/json"

ROWS = {
    # anonymous stranger admin-only network-member observer commenter editor coordinator secretariat superuser
    # The same for every address, whether there is a document or not.
    "cse_coedit:socket": Row("426 426 426 426 426 426 426 426 426 426", kwargs=of()),
    "cse_coedit:sync": Row(
        "401 404 404 404 200 200 200 200 404 200",
        kwargs=of(),
        method="post",
        data=lambda world: b"",
        query="?since=-1",
        content_type="application/octet-stream",
    ),
    "cse_coedit:threads": [
        Row("401 404 404 404 200 200 200 200 404 200", kwargs=of()),
        Row(
            "401 404 404 404 403 201 201 201 404 201",
            kwargs=of(),
            method="post",
            data=opened,
            content_type=JSON,
        ),
    ],
    "cse_coedit:thread-replies": Row(
        "401 404 404 404 403 201 201 201 404 201",
        kwargs=of(thread=True),
        method="post",
        data=comment,
        content_type=JSON,
    ),
    "cse_coedit:thread-resolve": Row(
        "401 404 404 404 403 200 200 200 404 200",
        kwargs=of(thread=True),
        method="post",
        data=lambda world: json.dumps({"resolved": True}),
        content_type=JSON,
    ),
    "cse_coedit:images": Row(
        "401 404 404 404 403 403 201 201 404 201",
        kwargs=of(),
        method="post",
        data=lambda world: {"file": png()},
    ),
    "cse_coedit:image": Row("404 404 404 404 200 200 200 200 404 200", kwargs=of(image=True)),
    "cse_coedit:section": [
        Row("404 404 404 404 403 403 200 200 404 200", kwargs=of()),
        Row(
            "404 404 404 404 403 403 302 302 404 302",
            kwargs=of(),
            method="post",
            data=lambda world: {"text": "New words.", "base": "1"},
        ),
    ],
    "cse_coedit:text": Row("404 404 404 404 200 200 200 200 404 200", kwargs=of()),
}
