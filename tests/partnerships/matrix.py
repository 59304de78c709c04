import uuid

from tests.matrix import Row
from wagtail_cse.access.actors import Actor
from wagtail_cse.members.actions import CreateOrganisation
from wagtail_cse.members.models import Invitation
from wagtail_cse.partnerships.models import Partner, Partnership


def build(world):
    """A partnership whose Space is the personas' private Space, and an invitation to it."""
    partnership = Partnership.objects.create(
        title="Volunteers who stay", space=world.space, starts="2026-09-01", ends="2027-02-28"
    )
    organisations = [
        CreateOrganisation(
            actor=Actor(world.people["superuser"]), name=name, side=side, country=country, kind="association"
        ).execute()
        for name, side, country in (("Liman Derneği", "tr", "TR"), ("Casa Aperta", "eu", "IT"))
    ]
    for organisation in organisations:
        Partner.objects.create(partnership=partnership, organisation=organisation)
    world.things["partnership"] = partnership
    world.things["partner"] = organisations[0]
    world.things["workspace invitation"] = Invitation.objects.create(
        organisation=organisations[0],
        email="new@example.org",
        space=world.space,
        space_role="editor",
        language="en",
        token_sha256="0" * 64,
        expires_at="2099-01-01T00:00Z",
    )


def key(world):
    return {"key": world.things["partnership"].uuid}


def invitation(world):
    return {**key(world), "invitation": world.things["workspace invitation"].uuid}


def nowhere(world):
    return {"key": uuid.UUID(int=7)}


def person(world):
    return {
        "organisation": world.things["partner"].pk,
        "person": world.people["editor"].pk,
        "role": "observer",
    }


INSIDE = "404 404 404 404 200 200 200 200 404 200"
COORDINATOR = "404 404 404 404 403 403 403 200 404 200"
COORDINATOR_POST = "404 404 404 404 403 403 403 302 404 302"

ROWS = {
    # anonymous stranger admin-only network-member observer commenter editor coordinator secretariat superuser
    "cse_partnerships:list": Row("302 200 200 200 200 200 200 200 200 200"),
    "cse_partnerships:start": [
        Row("302 403 403 403 403 403 403 403 200 200"),
        Row("302 403 403 403 403 403 403 403 200 200", method="post"),
    ],
    "cse_partnerships:workspace": [
        Row(INSIDE, kwargs=key),
        Row("404 404 404 404 404 404 404 404 404 404", kwargs=nowhere),
    ],
    "cse_partnerships:people": Row(INSIDE, kwargs=key),
    "cse_partnerships:person-add": Row(COORDINATOR, kwargs=key, method="post"),
    # The person has no seat in the partner organisation: a sentence, nothing changed.
    "cse_partnerships:person-role": [
        Row(INSIDE, kwargs=key, method="post"),
        Row("404 404 404 404 403 403 403 200 404 200", kwargs=key, method="post", data=person),
    ],
    "cse_partnerships:person-remove": [
        Row(INSIDE, kwargs=key, method="post"),
        Row(COORDINATOR_POST, kwargs=key, method="post", data=person),
    ],
    "cse_partnerships:invite": Row(COORDINATOR, kwargs=key, method="post"),
    # A coordinator of the workspace who does not administer the organisation is told so.
    "cse_partnerships:invitation-withdraw": Row(
        "404 404 404 404 403 403 403 403 404 302", kwargs=invitation, method="post"
    ),
    "cse_partnerships:invitation-resend": Row(
        "404 404 404 404 403 403 403 403 404 302", kwargs=invitation, method="post"
    ),
    "cse_partnerships:settings": [
        Row(COORDINATOR, kwargs=key),
        Row("404 404 404 404 200 200 200 200 404 200", kwargs=key, method="post"),
        Row(
            COORDINATOR_POST,
            kwargs=key,
            method="post",
            data=lambda world: {
                "title": "Another name",
                "starts": "2026-09-01",
                "ends": "2027-02-28",
                "revision": "1",
            },
        ),
    ],
    "cse_partnerships:stage": Row(
        COORDINATOR_POST, kwargs=key, method="post", data=lambda world: {"stage-stage": "draft"}
    ),
    "cse_partnerships:end": Row(COORDINATOR_POST, kwargs=key, method="post"),
    "cse_partnerships:archive": Row(COORDINATOR_POST, kwargs=key, method="post"),
    "cse_partnerships:reopen": Row(COORDINATOR_POST, kwargs=key, method="post"),
    "cse_partnerships:history": Row(COORDINATOR, kwargs=key),
}
