"""Sign-off: what is frozen, who signs, what is checked."""

import datetime as dt
import hashlib
import json
import re

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import translation
from pycrdt import XmlElement, XmlText

from tests.partnerships import world
from wagtail_cse.access.models import Grant
from wagtail_cse.coedit import log, state, tree
from wagtail_cse.coedit.models import Version
from wagtail_cse.core import recent
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, Stale
from wagtail_cse.core.preferences import SavePreferences
from wagtail_cse.members.actions import GiveMandate, WithdrawMandate
from wagtail_cse.members.models import Mandate
from wagtail_cse.modeldocs.models import Signature, SignOff
from wagtail_cse.modeldocs.signing import OpenSignOff, Sign, WithdrawSignOff
from wagtail_cse.modeldocs.verification import verify


@pytest.fixture
def mandates(net):
    world.may_sign(net, "defne", "kopru")
    world.may_sign(net, "rosa", "approdo")


def open_signoff(net, model_document, name="defne", organisation="kopru"):
    model_document.document.refresh_from_db()
    return OpenSignOff(
        actor=net.actor(name, organisation),
        model_document=model_document,
        version_name="Final",
        seen_head=model_document.document.head,
    ).execute()


def sign(net, signoff, name, organisation):
    return Sign(actor=net.actor(name, organisation), signoff=signoff, sha256=signoff.version.sha256).execute()


@pytest.fixture
def signoff(net, model_document, mandates):
    return open_signoff(net, model_document)


def test_each_mandated_person_signs_for_the_organisation_and_the_last_completes(net, signoff):
    first = sign(net, signoff, "defne", "kopru")
    assert (first.organisation_name, first.person_name, first.function) == (
        "Köprü Derneği",
        "Defne Aydın",
        "Chair of the board",
    )
    assert SignOff.objects.get().completed_at is None
    # Rosa may only read in the workspace; her mandate is enough to sign.
    sign(net, signoff, "rosa", "approdo")
    assert SignOff.objects.get().completed_at is not None
    assert verify(SignOff.objects.get()).matches is True


@pytest.mark.parametrize(("name", "organisation"), [("giulia", "approdo"), ("matteo", "approdo"), ("baran", "kopru")])
def test_without_a_mandate_nobody_signs(net, signoff, name, organisation):
    with pytest.raises(PermissionDenied):
        sign(net, signoff, name, organisation)
    assert not Signature.objects.exists()


def test_an_outsider_learns_nothing(net, signoff):
    with pytest.raises(Http404):
        sign(net, signoff, "eleni", "kypseli")


def test_a_mandate_for_another_organisation_does_not_help(net, signoff):
    # Defne acts for an organisation in which she has no mandate.
    with pytest.raises(PermissionDenied):
        Sign(actor=net.actor("defne", "approdo"), signoff=signoff, sha256=signoff.version.sha256).execute()


def test_a_withdrawn_or_finished_mandate_ends_the_right(net, signoff):
    mandate = Mandate.objects.get(user=net.people["defne"])
    WithdrawMandate(actor=net.actor("secretariat"), mandate=mandate).execute()
    with pytest.raises(PermissionDenied):
        sign(net, signoff, "defne", "kopru")
    rosa = Mandate.objects.get(user=net.people["rosa"])
    rosa.starts, rosa.ends = dt.date(2020, 1, 1), dt.date(2020, 12, 31)
    rosa.save()
    with pytest.raises(PermissionDenied):
        sign(net, signoff, "rosa", "approdo")


def test_a_right_to_enter_that_ended_ends_the_right_to_sign(net, signoff):
    Grant.objects.filter(space=signoff.model_document.space, user=net.people["rosa"]).delete()
    with pytest.raises(Http404):
        sign(net, signoff, "rosa", "approdo")


def test_signing_another_text_than_the_one_on_the_screen_is_refused(net, signoff):
    with pytest.raises(Stale):
        Sign(actor=net.actor("defne", "kopru"), signoff=signoff, sha256="0" * 64).execute()
    assert not Signature.objects.exists()


def test_twice_is_once(net, signoff):
    sign(net, signoff, "defne", "kopru")
    with pytest.raises(AlreadyDone):
        sign(net, signoff, "defne", "kopru")
    assert Signature.objects.count() == 1


def test_a_text_that_moved_on_is_not_frozen_behind_the_coordinators_back(net, model_document, mandates):
    seen = model_document.document.head
    write(model_document, "One more sentence.")
    with pytest.raises(Stale):
        OpenSignOff(
            actor=net.actor("defne", "kopru"), model_document=model_document, version_name="", seen_head=seen
        ).execute()
    assert not Version.objects.exists()


def test_only_a_coordinator_opens_and_only_one_is_open(net, model_document, signoff):
    with pytest.raises(AlreadyDone):
        open_signoff(net, model_document)
    with pytest.raises(PermissionDenied):
        open_signoff(net, model_document, "giulia", "approdo")
    with pytest.raises(Http404):
        open_signoff(net, model_document, "eleni", "kypseli")


def test_a_withdrawn_signoff_keeps_its_signatures_and_frees_the_way(net, model_document, signoff):
    sign(net, signoff, "defne", "kopru")
    WithdrawSignOff(actor=net.actor("matteo", "approdo"), signoff=signoff).execute()
    with pytest.raises(Stale):
        sign(net, signoff, "rosa", "approdo")
    assert Signature.objects.get().organisation_name == "Köprü Derneği"
    assert open_signoff(net, model_document).version.number == 2


def test_one_mail_to_whoever_may_sign_in_his_language(
    net, model_document, mandates, django_capture_on_commit_callbacks
):
    GiveMandate(  # a second one for the same person: still one mail
        actor=net.actor("secretariat"),
        organisation=net.organisations["kopru"],
        user=net.people["defne"],
        purpose="sign",
        ends=dt.date(2099, 12, 31),
    ).execute()
    SavePreferences(user=net.people["defne"], language="tr").execute()
    SavePreferences(user=net.people["rosa"], language="en").execute()
    with translation.override("en"), django_capture_on_commit_callbacks(execute=True):
        signoff = open_signoff(net, model_document)
    sent = {message.to[0]: message for message in mail.outbox}
    assert sorted(sent) == ["defne@example.org", "rosa@example.org"]
    assert len(mail.outbox) == 2
    assert sent["rosa@example.org"].subject == "Your organisation is asked to sign a text"
    assert sent["defne@example.org"].subject == "Kuruluşunuzdan bir metni imzalaması isteniyor"
    for message in mail.outbox:
        assert "After the first month" not in message.subject + message.body
        assert "http" in message.body
    assert f"sign-off/{signoff.uuid}" in sent["rosa@example.org"].body or "open/" in sent["rosa@example.org"].body


def write(model_document, words):
    """Somebody writes: one more paragraph at the end, through the log."""
    document = model_document.document
    document.refresh_from_db()
    ydoc = tree.load(state.current(document))
    before = ydoc.get_state()
    paragraph = tree.root(ydoc).children.append(XmlElement("paragraph", {"bid": "f" * 32}))
    paragraph.children.append(XmlText(words))
    log.append(document, ydoc.get_update(before), user=None, party=None)


def forget_sign_in(client):
    """The sign-in of this client was a while ago."""
    session = client.session
    del session[recent.SESSION_KEY]
    session.save()


class TestPages:
    def test_signing_in_the_browser(self, net, signoff, sign_in):
        client = sign_in("defne")
        url = f"/en/cse/sign-off/{signoff.uuid}/"
        html = client.get(url).content.decode()
        assert "Sign version 1 for Köprü Derneği" in html
        assert re.sub(r"\s", "", re.search(r'class="cse-hash">([^<]+)<', html).group(1)) == signoff.version.sha256
        forget_sign_in(client)
        asked = client.post(f"{url}sign/", {"sha256": signoff.version.sha256, "read": "on"})
        assert asked.status_code == 302
        assert "/account/confirm/" in asked["Location"]
        assert not Signature.objects.exists()
        back = client.post(asked["Location"], {"password": "secret"}, follow=True)
        assert "Sign version 1 for Köprü Derneği" in back.content.decode()
        unread = client.post(f"{url}sign/", {"sha256": signoff.version.sha256})
        assert unread.status_code == 422
        assert "Please confirm that you have read this version before you sign." in unread.content.decode()
        assert client.post(f"{url}sign/", {"sha256": signoff.version.sha256, "read": "on"}).status_code == 302
        assert "Signed version 1" in client.get(url).content.decode()

    def test_the_page_in_turkish_has_no_english_words(self, net, signoff, sign_in):
        html = sign_in("defne").get(f"/tr/cse/sign-off/{signoff.uuid}/").content.decode()
        assert "1 numaralı sürüm" in html
        for words in ("Sign version", "What is signed", "Who has signed", "Mandate", "Not signed yet", "Fingerprint"):
            assert words not in html

    def test_a_later_edit_leaves_the_signatures_and_says_so(self, net, model_document, signoff, sign_in):
        sign(net, signoff, "defne", "kopru")
        client = sign_in("rosa")
        url = f"/en/cse/sign-off/{signoff.uuid}/"
        assert "The draft was changed after version 1 was frozen." not in client.get(url).content.decode()
        write(model_document, "A later thought.")
        html = client.get(url).content.decode()
        assert "The draft was changed after version 1 was frozen." in html
        assert "Signed version 1" in html
        assert "A later thought." not in html

    def test_outside_404_inside_without_right_403(self, net, model_document, signoff, sign_in):
        for name, path, status in (
            ("eleni", f"sign-off/{signoff.uuid}/", 404),
            ("eleni", f"documents/{model_document.uuid}/sign-off/", 404),
            ("eleni", f"verify/{signoff.uuid}/", 404),
            ("eleni", f"verify/{signoff.uuid}/text/", 404),
            ("giulia", f"documents/{model_document.uuid}/sign-off/", 403),
            ("giulia", f"sign-off/{signoff.uuid}/publish/", 403),
            ("rosa", f"verify/{signoff.uuid}/", 200),
        ):
            assert sign_in(name).get(f"/en/cse/{path}").status_code == status, (name, path)


class TestVerification:
    def test_the_download_has_the_fingerprint_of_the_page(self, net, signoff, sign_in):
        client = sign_in("rosa")
        data = client.get(f"/en/cse/verify/{signoff.uuid}/text/").content
        assert hashlib.sha256(data).hexdigest() == signoff.version.sha256
        assert json.loads(data)["title"] == "After the first month"
        assert "<b>Matches.</b>" in client.get(f"/en/cse/verify/{signoff.uuid}/").content.decode()

    @pytest.mark.parametrize("column", ["content", "canonical", "state", "title", "signature"])
    def test_one_changed_byte_is_found(self, net, signoff, sign_in, column):
        sign(net, signoff, "defne", "kopru")
        tamper(signoff, column)
        html = sign_in("rosa").get(f"/en/cse/verify/{signoff.uuid}/").content.decode()
        assert "Does not match" in html
        assert "<b>Matches.</b>" not in html

    def test_nobody_signs_a_text_that_does_not_match(self, net, signoff):
        tamper(signoff, "content")
        with pytest.raises(Invalid):
            sign(net, signoff, "defne", "kopru")


def tamper(signoff, column):
    version = Version.objects.get(pk=signoff.version_id)
    if column == "signature":
        Signature.objects.update(
            sha256="1" + version.sha256[1:] if version.sha256[0] != "1" else "2" + version.sha256[1:]
        )
        return
    if column == "content":
        text = json.dumps(version.content)
        version.content = json.loads(text.replace("Issue", "Issve", 1))
    elif column == "title":
        version.title = version.title.replace("month", "mouth")
    else:
        data = bytearray(getattr(version, column))
        data[len(data) // 2] ^= 1
        setattr(version, column, bytes(data))
    version.save()


def test_the_organisations_calendar_decides_about_the_mandate(net, signoff):
    # At 22:30 UTC it is already tomorrow in İzmir (UTC+3), and still today in Bari.
    Mandate.objects.update(starts=dt.date(2026, 11, 1), ends=dt.date(2026, 11, 24))
    with time_machine.travel(dt.datetime(2026, 11, 24, 22, 30, tzinfo=dt.UTC), tick=False):
        with pytest.raises(PermissionDenied):
            sign(net, signoff, "defne", "kopru")
        assert sign(net, signoff, "rosa", "approdo").organisation_name == "Approdo Comune"
