import pytest

from tests.coedit.clients import HttpEditor
from tests.coedit.test_sync import signed_in
from wagtail_cse.coedit import authors, canonical, state
from wagtail_cse.coedit import tree as t
from wagtail_cse.coedit.actions import CreateDocument, FreezeVersion, NameVersion, RestoreVersion
from wagtail_cse.coedit.models import Snapshot, Update, Version
from wagtail_cse.coedit.render import to_text
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed

pytestmark = pytest.mark.django_db


def write(world, name, text, **where):
    editor = HttpEditor(signed_in(getattr(world, name)), world.document)
    editor.exchange()
    editor.type(text, **where)
    editor.exchange()
    return editor


def test_naming(world):
    version = NameVersion(actor=world.actor("anna"), document=world.document, name="  After   İzmir ").execute()
    assert (version.number, version.name, version.kind) == (1, "After İzmir", "named")
    assert (version.created_by, version.party.name) == (world.anna, "Liman")
    assert to_text(version.content) == "Aims\n\nNewcomers do nothing alone."
    assert t.from_state(bytes(version.state)) == version.content
    with pytest.raises(AlreadyDone):
        NameVersion(actor=world.actor("anna"), document=world.document, name="After İzmir").execute()
    assert NameVersion(actor=world.actor("berk"), document=world.document, name="Other").execute().number == 2


def test_naming_needs_a_name_and_the_right(world):
    with pytest.raises(Invalid):
        NameVersion(actor=world.actor("anna"), document=world.document, name=" ").execute()
    with pytest.raises(NotAllowed):
        NameVersion(actor=world.actor("carla"), document=world.document, name="x").execute()


def test_restoring_is_an_edit_on_top(world):
    first = NameVersion(actor=world.actor("anna"), document=world.document, name="First").execute()
    editor = write(world, "berk", " Ever.")
    editor.add_paragraph("More.")
    editor.exchange()
    head = Update.objects.filter(document=world.document).count()
    kept = RestoreVersion(actor=world.actor("anna"), version=first).execute()
    assert (kept.kind, kept.reason, kept.number) == ("auto", "restore", 2)
    assert to_text(kept.content) == "Aims\n\nNewcomers do nothing alone. Ever.\n\nMore."
    assert state.current_tree(world.document) == first.content
    assert Update.objects.filter(document=world.document).count() == head + 1
    # Who has the document open gets it as an ordinary edit.
    editor.exchange()
    assert editor.tree == first.content
    assert RestoreVersion(actor=world.actor("anna"), version=first).execute() is None


def test_freezing(world):
    version = FreezeVersion(actor=world.actor("anna"), document=world.document, name="To sign").execute()
    again = Version.objects.get(pk=version.pk)
    assert again.sha256 == canonical.sha256(bytes(again.canonical)) == version.sha256
    assert canonical.verify(again).matches
    assert bytes(again.canonical).startswith(b'{"content":[{"attrs":{"bid":"')
    write(world, "anna", " Later.")
    assert canonical.verify(Version.objects.get(pk=version.pk)).matches


@pytest.mark.parametrize("field", ["content", "canonical", "state", "title", "language"])
def test_one_changed_byte_is_seen(world, field):
    version = FreezeVersion(actor=world.actor("anna"), document=world.document).execute()
    value = getattr(Version.objects.get(pk=version.pk), field)
    if field == "content":
        value["content"][1]["content"][0]["text"] = "Newcomers do nothing alonf."
    elif field == "state" or field == "canonical":
        value = bytes(value).replace(b"alone", b"alonf")
    else:
        value = "xy"
    Version.objects.filter(pk=version.pk).update(**{field: value})
    assert not canonical.verify(Version.objects.get(pk=version.pk)).matches


def test_an_empty_document_cannot_be_frozen(world):
    empty = CreateDocument(actor=None, space=world.space, kind="test", title="Empty", language="en").execute()
    with pytest.raises(Invalid):
        FreezeVersion(actor=world.actor("anna"), document=empty).execute()


def test_a_missing_image_cannot_be_frozen(world):
    image = t.node("image", image="0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f", alt="x")
    document = world.make(t.node("paragraph", "x"), image)
    with pytest.raises(Invalid) as error:
        FreezeVersion(actor=world.actor("anna"), document=document).execute()
    assert error.value.code == "image"


def test_who_wrote_what(world):
    version = NameVersion(actor=world.actor("anna"), document=world.document, name="First").execute()
    write(world, "berk", " Always.")
    write(world, "anna", "Our ", block=0, at=0)
    now = state.current(world.document)
    bids = [block["attrs"]["bid"] for block in t.from_state(now)["content"]]
    found = authors.contributions(world.document, now)
    assert [(c.party.name, c.characters) for c in found[bids[1]]] == [("Liman", 27), ("Porto", 8)]
    assert [(c.user, c.characters) for c in found[bids[0]]] == [(world.anna, 8)]
    later = authors.contributions(world.document, now, since=bytes(version.state))
    assert [(c.party.name, c.characters) for c in later[bids[1]]] == [("Porto", 8)]
    assert [(c.party.name, c.characters) for c in later[bids[0]]] == [("Liman", 4)]


def test_snapshots_are_verified_and_used(world, monkeypatch):
    monkeypatch.setattr(state, "SNAPSHOT_EVERY", 5)
    editor = HttpEditor(signed_in(world.anna), world.document)
    editor.exchange()
    for word in "abcdef":
        editor.type(word)
        editor.exchange()
    snapshot = Snapshot.objects.get()
    loaded = state.read(world.document.pk)
    assert (snapshot.seq, loaded.since, len(loaded.rows)) == (5, 5, 2)
    assert state.current_tree(world.document) == editor.tree
    # One that was damaged is passed over: the rows are still there.
    Snapshot.objects.update(state=bytes(snapshot.state)[:-1] + b"\x07")
    assert state.read(world.document.pk).since == 0
    assert state.current_tree(world.document) == editor.tree
