import datetime as dt

from django.utils import timezone

from tests import factories
from tests.matrix import Row
from wagtail_cse.access.actors import Actor
from wagtail_cse.members import invitations
from wagtail_cse.members.actions import CreateOrganisation, GiveMandate
from wagtail_cse.members.actions.seats import give_seat
from wagtail_cse.members.models import Invitation

TOKEN = "the-secret-of-the-matrix"


def build(world):
    """An organisation whose own Space is the personas' Space, with a person, a mandate and an invitation."""
    actor = Actor(world.people["secretariat"])
    organisation = CreateOrganisation(
        actor=actor, name="Matris Derneği", side="tr", country="TR", kind="association"
    ).execute()
    organisation.space = world.space
    organisation.save(update_fields=["space"])
    person = factories.user("matrix-person")
    world.things["seat"] = give_seat(organisation, person, "owner", given_by=None)
    world.things["mandate"] = GiveMandate(
        actor=actor, organisation=organisation, user=person, purpose="sign"
    ).execute()
    world.things["invitation"] = Invitation.objects.create(
        organisation=organisation,
        email="invited@example.org",
        language="en",
        token_sha256=invitations.digest(TOKEN),
        invited_by=person,
        expires_at=timezone.now() + dt.timedelta(days=14),
    )
    world.things["organisation"] = organisation


def slug(world):
    return {"slug": world.things["organisation"].slug}


def with_uuid(name):
    return lambda world: {**slug(world), "uuid": world.things[name].uuid}


def seat(world):
    return {**slug(world), "pk": world.things["seat"].pk}


def invite(world):
    return {"email": "new@example.org", "role": "representative", "language": "en"}


def admit(world):
    return {"name": "Yeni", "kind": "association", "side": "tr", "country": "TR"}


def mandate(world):
    return {"user": world.things["seat"].user_id, "purpose": "apply", "starts": "2027-01-01"}


def token(world):
    return {"token": TOKEN}


ROWS = {
    # anonymous stranger admin-only network-member observer commenter editor coordinator secretariat superuser
    "cse_members:directory": Row("200 200 200 200 200 200 200 200 200 200"),
    "cse_members:organisation-list": Row("302 404 404 404 404 404 404 404 200 200"),
    "cse_members:organisation-create": [
        Row("302 404 404 404 404 404 404 404 200 200"),
        Row("302 404 404 404 404 404 404 404 302 302", method="post", data=admit),
    ],
    "cse_members:organisation": [
        Row("302 404 404 404 200 200 200 200 200 200", kwargs=slug),
        Row("302 404 404 404 404 404 404 404 404 404", kwargs=lambda world: {"slug": "no-such-organisation"}),
    ],
    "cse_members:organisation-facts": Row("302 404 404 404 403 403 403 200 200 200", kwargs=slug),
    "cse_members:profile-edit": Row("302 404 404 404 403 403 403 200 200 200", kwargs=slug),
    "cse_members:organisation-suspend": [
        Row("302 404 404 404 403 403 403 403 200 200", kwargs=slug),
        Row(
            "302 404 404 404 403 403 403 403 302 302",
            kwargs=slug,
            method="post",
            data=lambda world: {"reason": "A reason"},
        ),
    ],
    "cse_members:organisation-reactivate": Row("302 404 404 404 403 403 403 403 302 302", kwargs=slug, method="post"),
    "cse_members:invite": [
        Row("302 404 404 404 403 403 403 200 200 200", kwargs=slug),
        Row("302 404 404 404 403 403 403 302 302 302", kwargs=slug, method="post", data=invite),
    ],
    "cse_members:invitation-resend": Row(
        "302 404 404 404 403 403 403 302 302 302", kwargs=with_uuid("invitation"), method="post"
    ),
    "cse_members:invitation-withdraw": Row(
        "302 404 404 404 403 403 403 302 302 302", kwargs=with_uuid("invitation"), method="post"
    ),
    "cse_members:seat-change": [
        Row("302 404 404 404 403 403 403 200 200 200", kwargs=seat),
        Row(
            "302 404 404 404 403 403 403 302 302 302",
            kwargs=seat,
            method="post",
            data=lambda world: {"role": "editor", "without_owner": "on"},
        ),
    ],
    "cse_members:seat-remove": [
        Row("302 404 404 404 403 403 403 200 200 200", kwargs=seat),
        Row(
            "302 404 404 404 403 403 403 302 302 302",
            kwargs=seat,
            method="post",
            data=lambda world: {"without_owner": "on"},
        ),
    ],
    "cse_members:mandate-give": [
        Row("302 404 404 404 403 403 403 200 200 200", kwargs=slug),
        Row("302 404 404 404 403 403 403 302 302 302", kwargs=slug, method="post", data=mandate),
    ],
    "cse_members:mandate-withdraw": Row(
        "302 404 404 404 403 403 403 302 302 302", kwargs=with_uuid("mandate"), method="post"
    ),
    # The secret opens it; who is signed in with another address is told so.
    "cse_members:invitation": [
        Row("200 403 403 403 403 403 403 403 403 403", kwargs=token),
        Row("404 404 404 404 404 404 404 404 404 404", kwargs=lambda world: {"token": "wrong"}),
        Row("200 403 403 403 403 403 403 403 403 403", kwargs=token, method="post"),
    ],
    "cse_members:invitation-ask": Row("302 302 302 302 302 302 302 302 302 302", kwargs=token, method="post"),
    # Its POST would sign the matrix's own clients out; see test_invitations.
    "cse_members:invitation-sign-out": Row("405 405 405 405 405 405 405 405 405 405", kwargs=token),
}
