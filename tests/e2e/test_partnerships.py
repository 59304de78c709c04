"""Step 2 of the main job: a partnership is started, opened from a letter, its people changed, ended and reopened."""

import re

import pytest

from tests.partnerships import world
from wagtail_cse.access.policies import verbs
from wagtail_cse.partnerships.models import Partnership


@pytest.fixture(scope="module")
def net(site):
    from wagtail.users.models import UserProfile

    net = world.network()
    UserProfile.objects.create(user=net.people["defne"], preferred_language="tr")
    return net


def link_in_letter(site, email):
    body = site.wait_for_mails(email)[-1].get_body(("plain",)).get_content()
    return re.search(r"http://\S+", body)[0]


def test_a_partnership_from_start_to_reopening(site, visitor, net, axe, shot):
    desk = visitor(user=net.secretariat, language="tr")
    desk.goto("/tr/cse/partnerships/")
    desk.get_by_role("link", name="Ortaklık başlat").click()
    desk.get_by_label("Köprü Derneği").check()
    desk.get_by_label("Approdo Comune").check()
    axe(desk)
    shot(desk, "partnerships-choose")
    desk.get_by_role("button", name="Devam et").click()
    desk.get_by_label("Ortaklığın adı").fill("Gönüllü kalmak")
    axe(desk)
    shot(desk, "partnerships-start")
    desk.get_by_role("button", name="Ortaklığı başlat").click()
    desk.get_by_text("Köprü Derneği için en az bir koordinatör seçin.").first.wait_for()
    assert desk.get_by_label("Ortaklığın adı").input_value() == "Gönüllü kalmak"
    desk.get_by_label("Defne Aydın", exact=True).select_option("Koordinatör")
    desk.get_by_label("Matteo Lorusso", exact=True).select_option("Koordinatör")
    desk.get_by_label("Giulia Abbinante", exact=True).select_option("Editör")
    desk.get_by_role("button", name="Ortaklığı başlat").click()
    desk.get_by_text("“Gönüllü kalmak” başladı.").wait_for()
    partnership = Partnership.objects.get()

    defne = visitor(user=net.people["defne"], language="tr")
    defne.goto(link_in_letter(site, "defne@example.org"))
    defne.get_by_role("heading", name="Gönüllü kalmak", level=1).wait_for()
    axe(defne)
    shot(defne, "workspace")
    defne.get_by_role("link", name="Ayarlar").click()
    axe(defne)
    shot(defne, "partnerships-settings")
    defne.get_by_role("link", name="Geçmiş").click()
    axe(defne)
    shot(defne, "partnerships-history")

    matteo = visitor(user=net.people["matteo"], javascript=False)
    matteo.goto(f"/en/cse/partnerships/{partnership.uuid}/people/")
    matteo.get_by_label("Role of Giulia Abbinante").select_option("Commenter")
    matteo.get_by_role("button", name="Change role · Giulia Abbinante").click()
    matteo.get_by_text("Giulia Abbinante is now commenter.").wait_for()
    matteo.get_by_role("button", name="Remove · Matteo Lorusso").click()
    matteo.get_by_text("Matteo Lorusso is the only coordinator of Approdo Comune.").wait_for()
    matteo.get_by_label("Representative", exact=True).select_option("Rosa Carofiglio")
    matteo.get_by_role("button", name="Let this person in").click()
    matteo.get_by_text("Rosa Carofiglio can open this workspace now, as editor.").wait_for()
    matteo.get_by_role("button", name="Remove · Giulia Abbinante").click()
    matteo.get_by_text("Giulia Abbinante can no longer open this workspace.").wait_for()
    assert verbs(net.people["giulia"], partnership.space) == frozenset()

    reader = visitor(user=net.people["defne"])
    reader.goto(f"/en/cse/partnerships/{partnership.uuid}/people/")
    axe(reader)
    shot(reader, "partnerships-people")
    reader.get_by_role("link", name="Settings").click()
    reader.get_by_role("button", name="End the partnership").click()
    reader.get_by_text("The partnership has ended.").first.wait_for()
    axe(reader)
    reader.get_by_role("button", name="Reopen the partnership").click()
    reader.get_by_text("The partnership is open again").wait_for()
    partnership.refresh_from_db()
    assert partnership.status == "active"


def test_the_section_tells_a_visitor_nothing(site, visitor, net, axe, shot):
    guest = visitor(width=360)
    guest.goto("/en/partnerships/")
    guest.get_by_text("Who works with whom is not shown here.").wait_for()
    axe(guest)
    shot(guest, "partnerships-section")
