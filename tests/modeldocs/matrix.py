"""Rows of the permission matrix: model documents, their versions, sign-off and publication."""

import datetime as dt
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.matrix import Row
from wagtail_cse.access.actors import Actor
from wagtail_cse.coedit.actions import FreezeVersion
from wagtail_cse.modeldocs.drafting import StartModelDocument
from wagtail_cse.modeldocs.models import SignOff
from wagtail_cse.partnerships.models import Partnership


def build(world):
    """One document in the personas' Space; version 1 is frozen and waits for signatures."""
    partnership = world.things.get("partnership") or Partnership.objects.filter(space=world.space).first()
    if partnership is None:
        partnership = Partnership.objects.create(
            title="Volunteers who stay", space=world.space, starts=dt.date(2026, 9, 1), ends=dt.date(2027, 2, 28)
        )
        world.things["partnership"] = partnership
    actor = Actor(world.people["editor"], world.parties["ours"])
    document = StartModelDocument(actor=actor, partnership=partnership, title="A model", language="en").execute()
    version = FreezeVersion(actor=actor, document=document.document, name="Final").execute()
    world.things["model_document"] = document
    world.things["signoff"] = SignOff.objects.create(model_document=document, version=version)


def partnership(world):
    return {"partnership": world.things["partnership"].uuid}


def document(world):
    return {"uuid": world.things["model_document"].uuid}


def version(world):
    return {**document(world), "number": 1}


def signoff(world):
    return {"uuid": world.things["signoff"].uuid}


def new_document(world):
    return {"title": "Another", "language": "en", "template": "model", "request_id": str(uuid.uuid4())}


def upload(world):
    page = b"<html lang=en><h1>Another</h1><p>words</p></html>"
    file = SimpleUploadedFile("page.html", page, content_type="text/html")
    return {"file": file, "request_id": str(uuid.uuid4())}


# anonymous stranger admin-only network-member observer commenter editor coordinator secretariat superuser
READS = "302 404 404 404 200 200 200 200 404 200"
WRITES = "302 404 404 404 403 403 200 200 404 200"
WRITTEN = "302 404 404 404 403 403 302 302 404 302"

ROWS = {
    "cse_modeldocs:list": Row(READS, kwargs=partnership),
    "cse_modeldocs:start": [
        Row(WRITES, kwargs=partnership),
        Row(WRITTEN, kwargs=partnership, method="post", data=new_document),
    ],
    "cse_modeldocs:import": [
        Row(WRITES, kwargs=partnership),
        Row(WRITTEN, kwargs=partnership, method="post", data=upload),
    ],
    # An observer is led to the reading page.
    "cse_modeldocs:edit": Row("302 404 404 404 302 200 200 200 404 200", kwargs=document),
    "cse_modeldocs:read": Row(READS, kwargs=document),
    "cse_modeldocs:imported": Row(READS, kwargs=document),
    "cse_modeldocs:rename": [
        Row(WRITES, kwargs=document),
        Row(
            WRITTEN,
            kwargs=document,
            method="post",
            data=lambda world: {"title": "New", "language": "tr", "seen_title": "A model"},
        ),
    ],
    "cse_modeldocs:versions": [
        Row(READS, kwargs=document),
        Row(WRITTEN, kwargs=document, method="post", data=lambda world: {"name": "First"}),
    ],
    "cse_modeldocs:version": Row(READS, kwargs=version),
    "cse_modeldocs:restore": [
        Row(WRITES, kwargs=version),
        Row(WRITTEN, kwargs=version, method="post"),
    ],
    "cse_modeldocs:compare": [
        Row(READS, kwargs=document),
        Row(READS, kwargs=document, query="?old=1&new=draft&show=one"),
        Row("302 404 404 404 404 404 404 404 404 404", kwargs=document, query="?old=99"),
    ],
    "cse_modeldocs:print": Row(READS, kwargs=document),
    "cse_modeldocs:download": [
        Row(READS, kwargs=lambda world: {**document(world), "form": "docx"}),
        Row(READS, kwargs=lambda world: {**document(world), "form": "html"}),
        Row("302 404 404 404 404 404 404 404 404 404", kwargs=lambda world: {**document(world), "form": "exe"}),
    ],
    "cse_modeldocs:version-print": Row(READS, kwargs=version),
    "cse_modeldocs:version-download": Row(READS, kwargs=lambda world: {**version(world), "form": "docx"}),
    # Sign-off and publication
    "cse_modeldocs:signoff-open": [
        Row("302 404 404 404 403 403 403 200 404 200", kwargs=document),
        # One is open already: whoever may open one is led to it.
        Row(
            "302 404 404 404 403 403 403 302 404 302",
            kwargs=document,
            method="post",
            data=lambda world: {"name": "Final", "seen_head": 1},
        ),
    ],
    "cse_modeldocs:signoff": Row(READS, kwargs=signoff),
    "cse_modeldocs:signoff-withdraw": Row("302 404 404 404 403 403 403 302 404 302", kwargs=signoff, method="post"),
    # Nobody here has a mandate.
    "cse_modeldocs:sign": Row(
        "302 404 404 404 403 403 403 403 404 403",
        kwargs=signoff,
        method="post",
        data=lambda world: {"sha256": world.things["signoff"].version.sha256, "read": "on"},
    ),
    # Without the right to publish nobody sees what would become public.
    "cse_modeldocs:publish": Row("302 404 404 404 403 403 403 200 404 200", kwargs=signoff),
    # Not published: only those who may read the draft find it.
    "cse_modeldocs:verify": Row("404 404 404 404 200 200 200 200 404 200", kwargs=signoff),
    "cse_modeldocs:verify-text": Row("404 404 404 404 200 200 200 200 404 200", kwargs=signoff),
}
