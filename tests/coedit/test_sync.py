import pytest
from django.test import Client

from tests.coedit.clients import Editor, HttpEditor, awareness, states_of
from wagtail_cse.access.actions import RevokeRole
from wagtail_cse.coedit import state, wire
from wagtail_cse.coedit.models import Client as YjsClient
from wagtail_cse.coedit.models import Update, Version
from wagtail_cse.coedit.render import to_text

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def stored_text(document):
    return to_text(state.current_tree(document))


def test_two_people_meet_in_one_text(world):
    anna = HttpEditor(signed_in(world.anna), world.document)
    berk = HttpEditor(signed_in(world.berk), world.document)
    anna.exchange()
    berk.exchange()
    assert anna.text == "Aims\n\nNewcomers do nothing alone."
    anna.type(" Ever.")
    berk.type("Şimdi 😀 ", block=0, at=0)
    anna.exchange()
    berk.exchange()
    anna.exchange()
    assert anna.text == berk.text == "Şimdi 😀 Aims\n\nNewcomers do nothing alone. Ever."
    assert stored_text(world.document) == anna.text


def test_rows_say_who_wrote(world):
    anna = HttpEditor(signed_in(world.anna), world.document)
    anna.exchange()
    anna.type(" Ever.")
    anna.exchange()
    row = Update.objects.get(document=world.document, seq=2)
    assert (row.user, row.party.name, row.client, row.transport) == (world.anna, "Liman", anna.client, "http")
    owner = YjsClient.objects.get(document=world.document, client=anna.client)
    assert (owner.user, owner.party.name) == (world.anna, "Liman")
    world.document.refresh_from_db()
    assert world.document.head == 2


def test_what_is_sent_twice_is_stored_once(world):
    anna = HttpEditor(signed_in(world.anna), world.document)
    anna.exchange()
    update = anna.type(" Ever.")
    for _ in range(2):
        assert anna.post(wire.sync(wire.UPDATE, update)).status_code == 200
    assert list(world.document.updates.values_list("seq", flat=True)) == [1, 2]
    assert stored_text(world.document) == "Aims\n\nNewcomers do nothing alone. Ever."


@pytest.mark.parametrize("name", ["carla", "dimitri"])
def test_who_may_not_write_changes_nothing(world, name):
    reader = HttpEditor(signed_in(getattr(world, name)), world.document)
    reader.exchange()
    before = state.current(world.document)
    for change in (lambda: reader.type("!"), lambda: reader.add_paragraph("x"), lambda: reader.delete_block(0)):
        change()
        response = reader.post(wire.sync(wire.UPDATE, reader.outbox.pop()))
        assert response.status_code in (200, 403)
    assert response.status_code == 200, "a deletion is passed over in silence"
    assert state.current(world.document) == before
    assert world.document.updates.count() == 1
    # He still reads.
    fresh = HttpEditor(signed_in(getattr(world, name)), world.document)
    fresh.exchange()
    assert fresh.text == "Aims\n\nNewcomers do nothing alone."


def test_outside_there_is_nothing(world):
    import uuid

    outsider = signed_in(world.stranger)
    here = outsider.post(f"/en/cse/coedit/{world.document.uuid}/sync/", b"", content_type="application/octet-stream")
    nowhere = outsider.post(f"/en/cse/coedit/{uuid.uuid4()}/sync/", b"", content_type="application/octet-stream")
    assert here.status_code == nowhere.status_code == 404
    assert here.content == nowhere.content
    anonymous = Client()
    here = anonymous.post(f"/en/cse/coedit/{world.document.uuid}/sync/", b"", content_type="application/octet-stream")
    nowhere = anonymous.post(f"/en/cse/coedit/{uuid.uuid4()}/sync/", b"", content_type="application/octet-stream")
    assert here.status_code == nowhere.status_code == 401
    assert here.content == nowhere.content


def test_a_revoked_editor_writes_nothing(world):
    anna = HttpEditor(signed_in(world.anna), world.document)
    anna.exchange()
    anna.type(" Ever.")
    RevokeRole(actor=None, grant=world.grants["anna"]).execute()
    assert anna.post(wire.sync(wire.UPDATE, anna.outbox[-1])).status_code == 404
    assert world.document.updates.count() == 1


def test_an_old_page_is_told_to_reload(world):
    anna = HttpEditor(signed_in(world.anna), world.document)
    assert anna.post(b"", schema=2).status_code == 409
    assert anna.post(b"", schema=1).status_code == 200


def test_the_token_against_forged_requests_is_needed(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.anna, backend="django.contrib.auth.backends.ModelBackend")
    response = client.post(
        f"/en/cse/coedit/{world.document.uuid}/sync/", b"", content_type="application/octet-stream"
    )
    assert response.status_code == 403


def test_a_large_deletion_is_preceded_by_a_version(world):
    document = world.make(*[{"type": "paragraph", "content": [{"type": "text", "text": "x" * 100}]}] * 10)
    anna = HttpEditor(signed_in(world.anna), document)
    anna.exchange()
    before = anna.tree
    for _ in range(2):
        anna.delete_block(0)
    anna.exchange()
    assert Version.objects.count() == 0
    with anna.editing() as root:
        for _ in range(7):
            del root.children[0]
    anna.exchange()
    kept = Version.objects.get()
    assert (kept.kind, kept.reason, kept.number) == ("auto", "deletion", 1)
    assert len(kept.content["content"]) == 8
    assert kept.content["content"] == before["content"][2:]


def test_presence_is_signed_by_the_server(world):
    anna = HttpEditor(signed_in(world.anna), world.document)
    berk = HttpEditor(signed_in(world.berk), world.document)
    anna.exchange()
    berk.exchange()
    anna.post(awareness(anna.client, 1, {"user": {"name": "Berk", "party": "Porto"}, "cursor": None}))
    answer = berk.read(berk.post().content)
    assert states_of(answer[0][1]) == {
        anna.client: {
            "user": {"name": "Anna", "party": "Liman", "initials": "Li", "colour": 3, "shape": "round"},
            "cursor": None,
        }
    }
    # Somebody else's cursor is not his to move.
    berk.post(awareness(anna.client, 9, {"cursor": "elsewhere"}))
    answer = berk.read(berk.post().content)
    assert states_of(answer[0][1])[anna.client]["cursor"] is None


def test_a_client_far_behind_gets_the_state(world, monkeypatch):
    from wagtail_cse.coedit import exchange

    monkeypatch.setattr(exchange, "MAX_ROWS", 3)
    anna = HttpEditor(signed_in(world.anna), world.document)
    berk = HttpEditor(signed_in(world.berk), world.document)
    anna.exchange()
    berk.exchange()
    for word in "abcdefgh":
        anna.type(word)
        anna.exchange()
    berk.exchange()
    assert berk.text == anna.text


def test_a_flood_of_requests_is_told_to_wait(world):
    import time_machine

    with time_machine.travel(1_800_000_000, tick=False) as clock:
        anna = HttpEditor(signed_in(world.anna), world.document)
        berk = HttpEditor(signed_in(world.berk), world.document)
        assert {anna.post().status_code for _ in range(60)} == {200}
        refused = anna.post(wire.sync(wire.UPDATE, anna.add_paragraph("Ever.")))
        assert (refused.status_code, refused["Retry-After"], refused.json()["code"]) == (429, "1", "rate")
        assert world.document.updates.count() == 1
        # Another person, and another document, are not concerned.
        assert berk.post().status_code == 200
        assert HttpEditor(anna.http, world.make()).post().status_code == 200
        clock.shift(1)
        assert [anna.post().status_code for _ in range(21)] == [200] * 20 + [429]


def test_an_outsider_is_not_told_to_wait(world):
    stranger = HttpEditor(signed_in(world.stranger), world.document)
    assert {stranger.post().status_code for _ in range(70)} == {404}


def test_socket_address_over_plain_http(client):
    import uuid

    response = client.get(f"/en/cse/coedit/{uuid.uuid4()}/socket/")
    assert response.status_code == 426
    assert "Upgrade" not in response


def test_queries_do_not_grow(world, django_assert_max_num_queries):
    anna = HttpEditor(signed_in(world.anna), world.document)
    anna.exchange()
    for _ in range(20):
        anna.type("x")
    with django_assert_max_num_queries(45):
        anna.exchange()


def test_a_forged_author_is_refused(world):
    anna = HttpEditor(signed_in(world.anna), world.document)
    anna.exchange()
    anna.type(" Anna's.")
    anna.exchange()
    forger = Editor(anna.client)
    forger.doc.apply_update(state.current(world.document))
    berk = HttpEditor(signed_in(world.berk), world.document)
    berk.exchange()
    response = berk.post(wire.sync(wire.UPDATE, forger.type(" Not hers.")))
    assert (response.status_code, response.json()["code"]) == (400, "author")
    assert "Not hers" not in stored_text(world.document)


def test_two_threads_and_one_document(live_world):
    """Requests at the same moment: numbers without gaps, nothing lost, everybody has the same text."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connection

    editors = [HttpEditor(signed_in(person), live_world.document) for person in (live_world.anna, live_world.berk)]
    for editor in editors:
        editor.exchange()

    def write(number):
        try:
            for n in range(10):
                editors[number].type(f"<{number}-{n}>")
                editors[number].exchange()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(write, range(2)))
    for editor in editors:
        editor.exchange()
    assert editors[0].text == editors[1].text == stored_text(live_world.document)
    assert all(editors[0].text.count(f"<{number}-{n}>") == 1 for number in range(2) for n in range(10))
    seqs = live_world.document.updates.order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, 22))
