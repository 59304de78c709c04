from pathlib import Path

import pytest

from tests.partnerships import world
from wagtail_cse.access.models import PrivateFile
from wagtail_cse.coedit.models import Document
from wagtail_cse.modeldocs.drafting import StartModelDocument


@pytest.fixture
def net(db):
    return world.network()


@pytest.fixture
def partnership(net):
    """Köprü and Approdo: Defne and Matteo coordinate, Giulia writes, Baran comments, Rosa reads. Eleni is outside."""
    people, kopru, approdo = net.people, net.organisations["kopru"], net.organisations["approdo"]
    return world.start(
        net,
        people={
            kopru: {people["defne"]: "coordinator", people["baran"]: "commenter"},
            approdo: {people["matteo"]: "coordinator", people["giulia"]: "editor", people["rosa"]: "observer"},
        },
    )


@pytest.fixture
def model_document(net, partnership):
    """Started by Giulia in English."""
    return StartModelDocument(
        actor=net.actor("giulia", "approdo"), partnership=partnership, title="After the first month", language="en"
    ).execute()


@pytest.fixture
def sign_in(client, net):
    """`sign_in("defne")` returns a signed-in client."""

    def _sign_in(name):
        client.force_login(net.people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _sign_in


@pytest.fixture
def nothing_stored(db):
    """Call it at the end: no document, no file row and no file on the disk were added."""
    root = Path(PrivateFile._meta.get_field("file").storage.location)

    def state():
        return (
            set(Document.objects.values_list("pk", flat=True)),
            set(PrivateFile.objects.values_list("pk", flat=True)),
            {path for path in root.rglob("*") if path.is_file()},
        )

    before = state()

    def check():
        assert state() == before

    return check
