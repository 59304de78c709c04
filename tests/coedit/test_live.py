"""A real uvicorn, real WebSockets, two processes on one database."""

import contextlib
import time
import uuid

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests import factories
from tests.coedit.clients import Editor, HttpEditor, awareness, states_of
from tests.coedit.server import Server, WsEditor
from tests.coedit.test_sync import signed_in, stored_text
from wagtail_cse.access.actions import RevokeRole
from wagtail_cse.access.parties import remove_member, set_active
from wagtail_cse.coedit import state, wire
from wagtail_cse.coedit.actions import NameVersion, RestoreVersion
from wagtail_cse.coedit.models import Update


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        running = Server().start()
    yield running
    running.stop()


@pytest.fixture
def open_editor(server, live_world):
    """`open_editor("anna")`: a synchronised editor on a socket; closed at the end."""
    editors = []

    def open_one(name, **options):
        person = getattr(live_world, name)
        editor = WsEditor(server, options.pop("document", live_world.document), person, **options)
        editors.append(editor)
        return editor

    yield open_one
    for editor in editors:
        editor.close()


def test_two_people_write_at_once(open_editor, live_world):
    anna, berk = open_editor("anna").sync(), open_editor("berk").sync()
    assert anna.text == berk.text == "Aims\n\nNewcomers do nothing alone."
    for n in range(20):
        anna.type("a", block=0)
        berk.type("ğ", block=1)
        anna.push()
        berk.push()
        if n % 5 == 0:
            anna.add_paragraph(f"P{n}")
            anna.push()
    anna.until(lambda: anna.acked == anna.sent)
    berk.until(lambda: berk.acked == berk.sent)
    anna.until(lambda: anna.text.count("ğ") == 20)
    berk.until(lambda: berk.text.count("P") == 4 and berk.text.count("a" * 20) == 1)
    assert anna.text == berk.text == stored_text(live_world.document)
    seqs = list(Update.objects.filter(document=live_world.document).order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, 46))
    row = Update.objects.filter(document=live_world.document, user=live_world.berk).last()
    assert (row.party.name, row.transport) == ("Porto", "ws")


def test_acknowledged_is_committed(open_editor, live_world):
    anna = open_editor("anna").sync()
    anna.type(" Ever.")
    anna.save()
    assert stored_text(live_world.document).endswith("alone. Ever.")


def test_socket_and_http_in_one_document(open_editor, live_world):
    anna = open_editor("anna").sync()
    berk = HttpEditor(signed_in(live_world.berk), live_world.document)
    berk.exchange()
    berk.type(" Http.")
    berk.exchange()
    # Another process has written: the poll finds it.
    anna.wait_text("Aims\n\nNewcomers do nothing alone. Http.", 10)
    anna.type(" Socket.")
    anna.save()
    berk.exchange()
    assert berk.text == anna.text == "Aims\n\nNewcomers do nothing alone. Http. Socket."


def test_building_on_what_another_process_has_just_written(open_editor, live_world):
    """The room has not polled yet when a client comes that knows more than it."""
    anna = open_editor("anna").sync()
    berk = HttpEditor(signed_in(live_world.berk), live_world.document)
    berk.exchange()
    berk.type(" Http.")
    berk.exchange()
    anna.doc.apply_update(berk.doc.get_update())
    anna.type("!")
    anna.save()
    assert stored_text(live_world.document).endswith("Http.!")


def test_a_restored_version_arrives_as_an_edit(open_editor, live_world):
    version = NameVersion(actor=live_world.actor("anna"), document=live_world.document, name="First").execute()
    anna = open_editor("anna").sync()
    anna.type(" Ever.")
    anna.save()
    RestoreVersion(actor=live_world.actor("berk"), version=version).execute()
    anna.wait_text("Aims\n\nNewcomers do nothing alone.", 10)


@pytest.mark.parametrize("name", ["carla", "dimitri"])
def test_who_may_not_write(open_editor, live_world, name):
    before = state.current(live_world.document)
    reader, anna = open_editor(name).sync(), open_editor("anna").sync()
    # A plain client answers the server's question about what it has: harmless.
    reader.ws.send(wire.sync(wire.STEP_2, b"\x00\x00"))
    reader.delete_block(0)
    reader.push()
    anna.ws.send(anna.ask())
    time.sleep(0.3)
    assert state.current(live_world.document) == before
    reader.type("!", block=0)
    reader.push()
    assert reader.closed() == 4403
    assert state.current(live_world.document) == before
    anna.type(" On.")
    anna.save()


def test_doors_that_stay_shut(server, live_world):
    document, other = live_world.document, uuid.uuid4()
    codes = {
        "outsider": WsEditor(server, document, live_world.stranger).closed(),
        "outsider, nothing there": WsEditor(server, other, live_world.stranger).closed(),
        "editor, nothing there": WsEditor(server, other, live_world.anna).closed(),
        "nobody": WsEditor(server, document, None).closed(),
        "nobody, nothing there": WsEditor(server, other, None).closed(),
        "old page": WsEditor(server, document, live_world.anna, query="?ack=1&schema=2").closed(),
    }
    assert codes == {
        "outsider": 4403,
        "outsider, nothing there": 4403,
        "editor, nothing there": 4403,
        "nobody": 4401,
        "nobody, nothing there": 4401,
        "old page": 4409,
    }


def test_a_foreign_page_cannot_open_a_socket(server, live_world):
    with pytest.raises(InvalidStatus) as refused:
        WsEditor(server, live_world.document, live_world.anna, origin="https://evil.example")
    assert refused.value.response.status_code == 403
    own = WsEditor(server, live_world.document, live_world.anna, origin=f"http://127.0.0.1:{server.port}")
    own.sync()
    own.close()


def test_a_plain_yjs_client(open_editor):
    """y-websocket: no acknowledgement asked, one message per frame."""
    plain, anna = open_editor("berk", query="").sync(), open_editor("anna").sync()
    anna.type(" Ever.")
    anna.save()
    plain.wait_text("Aims\n\nNewcomers do nothing alone. Ever.")
    plain.type("x", block=0)
    plain.push()
    anna.until(lambda: anna.text.startswith("Aimsx"))
    assert all(kind in (wire.SYNC, wire.AWARENESS) for kind, _value in plain.rest)


# -- rights that end -------------------------------------------------------------


def role_revoked(world, editor):
    RevokeRole(actor=None, grant=world.grants["anna"]).execute()


def left_the_party(world, editor):
    remove_member(world.liman, world.anna)


def party_suspended(world, editor):
    set_active(world.liman, False)


def account_closed(world, editor):
    world.anna.is_active = False
    world.anna.save()


def password_changed(world, editor):
    world.anna.set_password("another")
    world.anna.save()


def group_edited_by_hand(world, editor):
    world.anna.groups.remove(world.liman.group)


def logged_out(world, editor):
    editor.session.delete()


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (role_revoked, 4403),
        (left_the_party, 4403),
        (party_suspended, 4403),
        (account_closed, 4403),
        (password_changed, 4403),
        (group_edited_by_hand, 4403),
        (logged_out, 4401),
    ],
)
def test_a_right_that_ends(open_editor, live_world, end, code):
    anna, berk = open_editor("anna").sync(), open_editor("berk").sync()
    anna.type(" Before.")
    anna.save()
    end(live_world, anna)
    ended = time.monotonic()
    # What she sends after it is never stored, even if the server has not noticed yet.
    anna.type(" After.")
    with contextlib.suppress(ConnectionClosed):
        anna.push()
    closed = anna.closed(6)
    assert time.monotonic() - ended < 4  # two seconds by design; the machine of the tests may be slow
    assert closed in (code, 4403)
    berk.type("!", block=0)
    berk.save()
    assert "After" not in stored_text(live_world.document)
    assert "Before" in stored_text(live_world.document)


def test_a_reader_is_closed_too(open_editor, live_world):
    dimitri = open_editor("dimitri").sync()
    RevokeRole(actor=None, grant=live_world.grants["dimitri"]).execute()
    assert dimitri.closed(6) == 4403


def test_an_editor_who_becomes_an_observer(open_editor, live_world):
    anna = open_editor("anna").sync()
    factories.grant(live_world.space, "observer", party=live_world.liman)
    RevokeRole(actor=None, grant=live_world.grants["anna"]).execute()
    assert anna.closed(6) == 4403
    again = open_editor("anna").sync()
    assert again.text == "Aims\n\nNewcomers do nothing alone."
    assert (wire.RIGHTS, b"view") in again.rest


def test_time_ends_a_right(open_editor, live_world):
    from django.utils import timezone

    from wagtail_cse.access.models import Grant

    anna = open_editor("anna").sync()
    Grant.objects.filter(pk=live_world.grants["anna"].pk).update(
        expires=timezone.now() + timezone.timedelta(seconds=1)
    )
    assert anna.closed(8) == 4403


# -- presence ----------------------------------------------------------------------


def seen(editor, client):
    """The last that was said of `client`."""
    states = {}
    for kind, data in editor.rest:
        if kind == wire.AWARENESS:
            states.update(states_of(data))
    return states.get(client, "nothing")


def test_presence(open_editor):
    anna, berk = open_editor("anna").sync(), open_editor("berk").sync()
    anna.ws.send(awareness(anna.client, 1, {"user": {"name": "Forged", "colour": 9}, "cursor": {"at": 1}}))
    berk.until(lambda: seen(berk, anna.client) != "nothing")
    assert seen(berk, anna.client) == {
        "user": {"name": "Anna", "party": "Liman", "initials": "Li", "colour": 3, "shape": "round"},
        "cursor": {"at": 1},
    }
    # Nobody speaks for somebody else, and an echo is not an offence.
    berk.ws.send(awareness(anna.client, 5, {"cursor": "forged"}))
    carla = open_editor("carla").sync()
    carla.until(lambda: seen(carla, anna.client) != "nothing")
    assert seen(carla, anna.client)["cursor"] == {"at": 1}
    anna.close()
    berk.until(lambda: seen(berk, anna.client) is None)


def test_too_much_presence_is_refused(open_editor):
    anna = open_editor("anna").sync()
    anna.ws.send(awareness(anna.client, 1, {"x": "y" * 5000}))
    assert anna.closed() == 4400


# -- hostile frames ------------------------------------------------------------------


def test_a_forged_author(open_editor, live_world):
    anna, berk = open_editor("anna").sync(), open_editor("berk").sync()
    anna.type(" Anna's.")
    anna.save()
    forger = Editor(anna.client)
    forger.doc.apply_update(state.current(live_world.document))
    berk.ws.send(wire.sync(wire.UPDATE, forger.type(" Not hers.")))
    assert berk.closed() == 4400
    anna.type(" Mine.")
    anna.save()
    assert stored_text(live_world.document).endswith("Anna's. Mine.")


def test_a_flood(open_editor):
    anna, berk = open_editor("anna").sync(), open_editor("berk").sync()
    with contextlib.suppress(ConnectionClosed):
        for _ in range(2000):
            berk.ws.send(bytes([wire.QUERY_AWARENESS]))
    assert berk.closed() == 1013
    anna.type("x")
    anna.save()


@pytest.mark.parametrize(
    "frame",
    [b"\xff", b"\x00\x05\x00", b"\x00\x02\xff\xff\xff\x7f", b"\x00\x02\x03\x01\x00\x01", b"\x07", b"\x01\x01\x09"],
)
def test_rubbish(open_editor, frame):
    anna, berk = open_editor("anna").sync(), open_editor("berk").sync()
    berk.ws.send(frame)
    assert berk.closed() == 4400
    anna.type("x")
    anna.save()


def test_text_frames_and_huge_frames(open_editor):
    anna, berk = open_editor("anna").sync(), open_editor("berk").sync()
    berk.ws.send("hello")
    assert berk.closed() == 4400
    carla = open_editor("carla").sync()
    carla.ws.send(bytes(2 << 20))
    assert carla.closed() in (4400, 1009)
    anna.type("x")
    anna.save()


def test_who_comes_too_fast_may_come_again(open_editor, live_world):
    """A flood is cut off as "later", not as refused: the words are good, and sent together they arrive."""
    from pycrdt import merge_updates

    anna = open_editor("anna").sync()
    updates = [anna.type(f"{n} ") for n in range(500)]
    with contextlib.suppress(ConnectionClosed):
        anna.push()
    assert anna.closed() == wire.CLOSE_LATER
    again = open_editor("anna", client=anna.client).sync()
    again.outbox.append(merge_updates(*updates))
    again.save()
    written = "".join(f"{n} " for n in range(500)).rstrip()
    assert stored_text(live_world.document) == f"Aims\n\nNewcomers do nothing alone.{written}"
