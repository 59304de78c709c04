import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from wagtail.models import ModelLogEntry

from wagtail_cse.access.actors import Actor
from wagtail_cse.access.policies import can
from wagtail_cse.core.exceptions import AlreadyDone, Invalid
from wagtail_cse.members.actions import (
    CreateOrganisation,
    ReactivateOrganisation,
    SuspendOrganisation,
    UpdateOrganisation,
)
from wagtail_cse.members.models import Organisation
from wagtail_cse.members.names import fold, initials_of, new_slug
from wagtail_cse.members.places import side_of

FACTS = {"side": "tr", "country": "TR", "kind": "association"}


def test_a_new_organisation_gets_group_space_mark_and_address(network):
    kopru = network.kopru
    assert kopru.slug == "kopru-dernegi"
    assert kopru.initials == "KÖ"
    assert kopru.group.name == f"cse:org:{kopru.key}"
    assert (kopru.space.kind, kopru.space.title, kopru.space.visibility) == (
        "organisation",
        "Köprü Derneği",
        "members",
    )
    assert kopru.status == "member"
    assert kopru.is_active


def test_marks_rotate_through_colours_and_shapes(network):
    for number in range(2, 84):
        network.organisation(f"Dernek {number}")
    marks = list(Organisation.objects.order_by("pk").values_list("colour", "shape"))
    assert [colour for colour, _shape in marks[:12]] == [1, 9, 6, 5, 8, 12, 3, 11, 2, 10, 4, 7]
    # Twelve colours times seven shapes: nobody shares a mark before all are given away.
    assert len(marks) == 84
    assert len(set(marks)) == 84


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Işık ve Gölge Derneği", "isik-ve-golge-dernegi"),
        ("İZMİR KADIN", "izmir-kadin"),
        ("Ανοιχτό Στέκι", "anoichto-steki"),
        ("…", ""),
    ],
)
def test_addresses_fold_every_script(name, slug):
    assert fold(name) == slug


def test_a_taken_or_reserved_address_gets_a_number(network):
    assert new_slug("Köprü Derneği") == "kopru-dernegi-2"
    assert new_slug("New") == "new-2"
    assert new_slug("…") == "organisation"


@pytest.mark.parametrize(
    ("name", "turkish", "initials"),
    [
        ("Pınar Komşuluk Vakfı", True, "PK"),
        ("Officina dei Vicini", False, "OV"),
        ("ılgaz izci derneği", True, "Iİ"),
        ("izci", True, "İZ"),
        ("izci", False, "IZ"),
    ],
)
def test_initials(name, turkish, initials):
    assert initials_of(name, turkish=turkish) == initials


def test_sides_of_countries():
    assert [side_of(code) for code in ("TR", "IT", "GR", "CH", "GB")] == ["tr", "eu", "eu", "other", "other"]


def test_only_the_secretariat_admits(network):
    for user in (network.owner, network.stranger):
        with pytest.raises(Http404):
            CreateOrganisation(actor=Actor(user), name="Yeni", **FACTS).execute()
    assert Organisation.objects.count() == 2


@pytest.mark.parametrize(
    ("side", "country", "sentence"),
    [
        ("tr", "IT", "The side “Turkey” is for organisations whose country is Turkey."),
        ("eu", "TR", "The side “European Union” is for organisations in a member state of the European Union."),
        ("eu", "GB", "The side “European Union” is for organisations in a member state of the European Union."),
        ("other", "GR", "The side “Elsewhere” is for organisations outside Turkey and the European Union."),
    ],
)
def test_a_wrong_pair_of_country_and_side(network, side, country, sentence):
    with pytest.raises(Invalid) as caught:
        network.organisation("Yeni", side=side, country=country)
    assert str(caught.value) == sentence
    assert caught.value.code == "side"


def test_a_registry_number_counts_once_in_a_country(network):
    network.organisation("Birinci", registry_number="35-012")
    with pytest.raises(Invalid, match="already has this registry number"):
        network.organisation("İkinci", registry_number="35-012")
    network.organisation("Altrove", side="eu", country="IT", registry_number="35-012")


def test_the_same_form_twice_makes_one_organisation(network):
    network.organisation("Yeni Dernek")
    with pytest.raises(AlreadyDone):
        network.organisation("Yeni Dernek")
    with pytest.raises(Invalid, match="Yeni Dernek is already here"):
        network.organisation("Yeni Dernek", city="Ankara")


def test_owners_change_how_to_reach_them_but_not_what_was_verified(network):
    UpdateOrganisation(
        actor=Actor(network.owner), organisation=network.kopru, city="Bornova", name="Başka", country="IT"
    ).execute()
    network.kopru.refresh_from_db()
    assert (network.kopru.city, network.kopru.name, network.kopru.country) == ("Bornova", "Köprü Derneği", "TR")
    with pytest.raises(PermissionDenied):
        UpdateOrganisation(actor=Actor(network.editor), organisation=network.kopru, city="x").execute()
    with pytest.raises(Http404):
        UpdateOrganisation(actor=Actor(network.stranger), organisation=network.kopru, city="x").execute()


def test_the_secretariat_renames_and_the_space_follows(network):
    UpdateOrganisation(actor=Actor(network.secretary), organisation=network.kopru, name="Köprü Vakfı").execute()
    network.kopru.refresh_from_db()
    network.kopru.space.refresh_from_db()
    assert (network.kopru.name, network.kopru.space.title) == ("Köprü Vakfı", "Köprü Vakfı")
    assert network.kopru.slug == "kopru-dernegi"


def test_a_suspension_takes_every_right_and_a_reactivation_gives_it_back(network):
    space = network.kopru.space
    assert can(network.owner, "manage", space)
    SuspendOrganisation(actor=Actor(network.secretary), organisation=network.kopru, reason="Asked by them").execute()
    network.kopru.refresh_from_db()
    assert (network.kopru.status, network.kopru.is_active) == ("suspended", False)
    assert not can(network.owner, "view", space)
    with pytest.raises(AlreadyDone):
        SuspendOrganisation(actor=Actor(network.secretary), organisation=network.kopru, reason="Again").execute()
    ReactivateOrganisation(actor=Actor(network.secretary), organisation=network.kopru).execute()
    assert can(network.owner, "manage", space)
    actions = ModelLogEntry.objects.for_instance(network.kopru).values_list("action", flat=True)
    assert list(actions)[:2] == ["cse_members.reactivate", "cse_members.suspend"]


def test_a_suspension_needs_a_reason_and_the_secretariat(network):
    with pytest.raises(Invalid, match="Write the reason"):
        SuspendOrganisation(actor=Actor(network.secretary), organisation=network.kopru, reason=" ").execute()
    with pytest.raises(PermissionDenied):
        SuspendOrganisation(actor=Actor(network.owner), organisation=network.kopru, reason="x").execute()
    with pytest.raises(Http404):
        SuspendOrganisation(actor=Actor(network.stranger), organisation=network.kopru, reason="x").execute()
