"""Two faces, one answer: `can()` in Python and `permitted()` in SQL, for everybody and everything."""

from unittest.mock import patch

import pytest
from django.test import TestCase

from tests import factories, personas
from wagtail_cse.access import policies, querysets, rights
from wagtail_cse.access.models import PrivateFile, Space
from wagtail_cse.access.pages import Page, permitted_pages
from wagtail_cse.access.roles import VERBS


def build():
    world = personas.build()
    world.files = {name: factories.private_file(space) for name, space in world.spaces.items()}
    world.pages = {"site": factories.page("Site"), "site draft": factories.page("Site draft", live=False)}
    for name, space in world.spaces.items():
        if space.parent_id is None:
            world.pages[name] = factories.page(f"Page {name}", space=space)
            world.pages[f"{name} below"] = factories.page("Below", parent=world.pages[name])
            world.pages[f"{name} draft"] = factories.page("Draft", parent=world.pages[name], live=False)
    for name in ("room", "open room"):
        world.pages[name] = factories.page(name, parent=world.pages["members below"], space=world.spaces[name])
        world.pages[f"{name} draft"] = factories.page("Draft", parent=world.pages[name], live=False)
    return world


def differences(world):
    """Where the two faces do not agree, as (persona, verb, object); empty when they do."""
    with rights.remembered():
        return _differences(world)


def _differences(world):
    found = []
    for name, person in world.people.items():
        for verb in VERBS:
            spaces = set(Space.objects.permitted(person, verb))
            files = set(PrivateFile.objects.permitted(person, verb))
            pages = set(permitted_pages(person, verb).values_list("pk", flat=True))
            for label, space in world.spaces.items():
                found += [(name, verb, f"space {label}")] * (policies.can(person, verb, space) != (space in spaces))
            for label, row in world.files.items():
                found += [(name, verb, f"file {label}")] * (policies.can(person, verb, row) != (row in files))
            for label, page in world.pages.items():
                found += [(name, verb, f"page {label}")] * (policies.can(person, verb, page) != (page.pk in pages))
    return found


#: Written out: the strongest verb of each persona in the private Space; "" for none.
IN_THE_PRIVATE_SPACE = {
    "anonymous": "",
    "inactive": "",
    "stranger": "",
    "admin-only": "",
    "network-member": "",
    "observer": "view",
    "commenter": "comment",
    "editor": "change",
    "publisher": "publish",
    "coordinator": "manage",
    "mentor-until": "comment",
    "not-yet-started": "",
    "expired-a-second-ago": "",
    "membership-expired": "",
    "membership-not-started": "",
    "left-the-group": "",
    "through-party": "change",
    "through-lost": "",
    "two-organisations": "comment",
    "suspended-organisation": "",
    "room-without-parent": "",
    "secretariat": "",
    "superuser": "manage",
    "inactive-superuser": "",
}


def strongest(verbs):
    return max(verbs, key=VERBS.index, default="")


class ContractTest(TestCase):
    """Everything here reads one world, so it is built once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = build()

    def test_the_two_faces_agree(self):
        assert differences(self.world) == []

    def test_the_answers_written_out(self):
        assert {
            name: strongest(policies.verbs(person, self.world.space)) for name, person in self.world.people.items()
        } == IN_THE_PRIVATE_SPACE

    def test_who_enters_what(self):
        enters = {
            label: sorted(name for name, person in self.world.people.items() if policies.can(person, "view", space))
            for label, space in self.world.spaces.items()
        }
        members = [
            "commenter",
            "coordinator",
            "editor",
            "network-member",
            "observer",
            "publisher",
            "superuser",
            "through-lost",
            "through-party",
            "two-organisations",
        ]
        inside = sorted(name for name, verb in IN_THE_PRIVATE_SPACE.items() if verb)
        assert enters == {
            "network": sorted([*members, "secretariat"]),
            "public": sorted(personas.NAMES),
            "members": inside,
            "secret": ["commenter", "coordinator", "editor", "observer", "publisher", "superuser"],
            "open to members": members,
            "closed": ["coordinator", "editor", "superuser"],
            "foreign": ["superuser"],
            "room": ["editor", "superuser"],
            "open room": inside,
        }

    def test_a_closed_space_can_only_be_read_and_opened_again(self):
        closed = self.world.spaces["closed"]
        assert policies.verbs(self.world.people["editor"], closed) == {"view"}
        assert policies.verbs(self.world.people["coordinator"], closed) == {"view", "manage"}
        assert policies.verbs(self.world.people["superuser"], closed) == {"view", "manage"}

    def test_the_contract_fails_without_the_time_condition_in_python(self):
        with patch.object(rights.Period, "covers", lambda self, now: True):
            found = differences(self.world)
            assert ("expired-a-second-ago", "view", "space members") in found
            assert ("not-yet-started", "change", "file members") in found
            assert ("membership-expired", "view", "page members") in found

    def test_the_contract_fails_without_the_time_condition_in_sql(self):
        with patch.object(querysets, "within", lambda now, prefix="": querysets.Q()):
            found = differences(self.world)
            assert ("expired-a-second-ago", "view", "space members") in found
            assert ("not-yet-started", "change", "file members") in found
            assert ("membership-expired", "view", "page members") in found

    def test_the_contract_fails_without_the_filter_in_python(self):
        with patch.object(rights.Rights, "verbs", lambda self, space, now=None: frozenset(VERBS)):
            found = differences(self.world)
            assert ("stranger", "view", "space members") in found

    def test_the_contract_fails_without_the_filter_in_sql(self):
        with patch.object(querysets.SpaceQuerySet, "permitted", lambda self, user, verb: self.all()):
            found = differences(self.world)
            assert ("stranger", "view", "space members") in found

    def test_pages_of_no_space_are_the_business_of_the_site(self):
        assert policies.can(self.world.people["stranger"], "view", self.world.pages["site"])
        assert not policies.can(self.world.people["stranger"], "view", self.world.pages["site draft"])
        assert not policies.can(self.world.people["coordinator"], "change", self.world.pages["site"])
        assert policies.can(self.world.people["superuser"], "change", self.world.pages["site draft"])

    def test_drafts_of_a_space_are_for_those_who_may_change(self):
        pages = permitted_pages(self.world.people["observer"], "view")
        assert pages.filter(pk=self.world.pages["members below"].pk).exists()
        assert not pages.filter(pk=self.world.pages["members draft"].pk).exists()
        assert (
            permitted_pages(self.world.people["editor"], "view")
            .filter(pk=self.world.pages["members draft"].pk)
            .exists()
        )

    def test_an_unknown_verb_is_an_error_and_not_an_answer(self):
        with pytest.raises(ValueError, match="Unknown verb 'edit'"):
            policies.can(self.world.people["superuser"], "edit", self.world.space)
        with pytest.raises(ValueError, match="Unknown verb 'edit'"):
            Space.objects.permitted(self.world.people["superuser"], "edit")

    def test_what_lives_in_no_space_is_refused(self):
        assert not policies.can(self.world.people["superuser"], "view", None)
        assert not policies.can(self.world.people["superuser"], "view", object())

    def test_queries_do_not_grow(self):
        editor = self.world.people["editor"]
        for number in range(20):
            factories.grant(factories.space(f"Further {number}"), "editor", party=self.world.parties["ours"])
        with self.assertNumQueries(1):
            list(Space.objects.permitted(editor, "change"))
        with self.assertNumQueries(1):
            list(PrivateFile.objects.permitted(editor, "view"))
        with self.assertNumQueries(5):
            list(permitted_pages(editor, "view"))
        spaces = list(Space.objects.select_related("parent"))
        assert len(spaces) == 29
        with rights.remembered(), self.assertNumQueries(3):
            assert sum(policies.can(editor, "change", space) for space in spaces) == 23

    def test_every_page_is_either_in_both_faces_or_in_none(self):
        pages = list(Page.objects.filter(depth__gt=1))
        for name, person in self.world.people.items():
            listed = set(permitted_pages(person, "view").values_list("pk", flat=True))
            assert {page.pk for page in pages if policies.can(person, "view", page)} == listed - {1}, name
