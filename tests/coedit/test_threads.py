import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.coedit.matrix import ANCHOR, opened
from tests.coedit.test_sync import signed_in
from wagtail_cse.coedit.models import Comment, Thread

pytestmark = pytest.mark.django_db


def post(client, url, data):
    return client.post(url, json.dumps(data) if isinstance(data, dict) else data, content_type="application/json")


@pytest.fixture
def url(world):
    return f"/en/cse/coedit/{world.document.uuid}/threads/"


def test_a_thread_from_beginning_to_end(world, url):
    carla, anna, dimitri = (signed_in(person) for person in (world.carla, world.anna, world.dimitri))
    made = post(carla, url, json.loads(opened(None)) | {"body": "  Which newcomers?  ", "quote": "Newcomers"})
    assert made.status_code == 201
    thread = made.json()
    assert thread["quote"] == "Newcomers"
    assert [c["body"] for c in thread["comments"]] == ["Which newcomers?"]
    assert thread["comments"][0]["user"] == {
        "name": "Carla",
        "party": "Rete",
        "initials": "Re",
        "colour": 1,
        "shape": "round",
    }
    answered = post(anna, thread["replies_url"], {"body": "All.", "request_id": str(uuid.uuid4())}).json()
    assert [(c["user"]["party"], c["body"]) for c in answered["comments"]] == [
        ("Rete", "Which newcomers?"),
        ("Liman", "All."),
    ]
    settled = post(anna, thread["resolve_url"], {"resolved": True}).json()
    assert (settled["resolved"]["name"], settled["resolved"]["party"]) == ("Anna", "Liman")
    assert dimitri.get(url).json()["threads"] == [settled]
    assert post(carla, thread["resolve_url"], {"resolved": False}).json()["resolved"] is None
    assert "example.org" not in json.dumps(settled), "no address of anybody"


def test_the_same_request_twice_is_one_comment(world, url):
    carla = signed_in(world.carla)
    data = opened(None)
    first, second = post(carla, url, data).json(), post(carla, url, data).json()
    assert first == second
    reply = {"body": "More.", "request_id": str(uuid.uuid4())}
    for _ in range(2):
        post(carla, first["replies_url"], reply)
    assert (Thread.objects.count(), Comment.objects.count()) == (1, 2)
    # Somebody else's request id is no way to his thread.
    assert post(signed_in(world.anna), url, data).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"body": "   "},
        {"body": "x" * 5001},
        {"start": ""},
        {"start": "!!!"},
        {"end": "AAAAAAAAAAAA"},
        {"request_id": "x"},
        {"body": 7},
    ],
)
def test_what_cannot_be_a_comment(world, url, change):
    response = post(signed_in(world.carla), url, json.loads(opened(None)) | change)
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_rubbish_is_refused(world, url, body):
    assert post(signed_in(world.carla), url, body).status_code == 400


def test_an_observer_only_reads(world, url):
    dimitri = signed_in(world.dimitri)
    assert post(dimitri, url, opened(None)).status_code == 403
    assert dimitri.get(url).json() == {"threads": []}


def test_comments_leave_the_text_alone(world, url):
    from wagtail_cse.coedit import state

    before = state.current(world.document)
    post(signed_in(world.carla), url, opened(None))
    assert state.current(world.document) == before
    assert world.document.updates.count() == 1


def test_queries_of_the_list_do_not_grow(world, url):
    carla = signed_in(world.carla)

    def fill(number):
        for _ in range(number):
            thread = Thread.objects.create(
                document=world.document, start=ANCHOR, end=ANCHOR, quote="x", created_by=world.carla, party=world.rete
            )
            Comment.objects.create(thread=thread, user=world.carla, party=world.rete, body="y")

    fill(2)
    with CaptureQueriesContext(connection) as few:
        carla.get(url)
    fill(18)
    with CaptureQueriesContext(connection) as many:
        carla.get(url)
    assert len(many) == len(few)
