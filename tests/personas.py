"""The people of the access tests: one world with every kind of person that the rule tells apart.

    world = personas.build()          # inside a database test
    world.people["editor"]            # a user, or AnonymousUser
    world.space                       # the private Space in which most of them have their role
    world.client("editor")            # a signed-in test client

Every persona that needs a party holds its role in `world.space` through `world.ours`. Add to it, change nothing.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from tests import factories
from wagtail_cse.access.models import Grant, Party, Space
from wagtail_cse.access.network import network_space
from wagtail_cse.access.parties import add_member, set_active

#: Names of all personas; `build()` makes exactly these.
NAMES = (
    "anonymous",
    "inactive",
    "stranger",
    "admin-only",
    "network-member",
    "observer",
    "commenter",
    "editor",
    "publisher",
    "coordinator",
    "mentor-until",
    "not-yet-started",
    "expired-a-second-ago",
    "membership-expired",
    "membership-not-started",
    "left-the-group",
    "through-party",
    "through-lost",
    "two-organisations",
    "suspended-organisation",
    "room-without-parent",
    "secretariat",
    "superuser",
    "inactive-superuser",
)


@dataclass
class World:
    now: dt.datetime
    people: dict = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    parties: dict[str, Party] = field(default_factory=dict)
    #: Rows of the apps, by their own names.
    things: dict = field(default_factory=dict)

    @property
    def space(self) -> Space:
        """The private Space."""
        return self.spaces["members"]

    def client(self, name: str) -> Client:
        client = Client()
        person = self.people[name]
        if person.is_authenticated and person.is_active:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client


def build(now: dt.datetime | None = None) -> World:
    """The whole world: Spaces of every visibility, a room, a closed Space, a foreign one, and all people."""
    now = now or timezone.now()
    world = World(now)
    spaces = world.spaces
    spaces["network"] = network_space()
    for visibility in ("public", "members", "secret"):
        spaces[visibility] = factories.space(f"Space {visibility}", visibility=visibility)
    spaces["open to members"] = factories.space("Space network", visibility="network")
    spaces["closed"] = factories.space("Space closed")
    spaces["foreign"] = factories.space("Space foreign")
    spaces["room"] = factories.space("Room", parent=spaces["members"])
    spaces["open room"] = factories.space("Open room", parent=spaces["members"], visibility="public")
    _people(world)
    _closed(world)
    assert tuple(world.people) == NAMES
    return world


def _people(world: World) -> None:
    day, second = dt.timedelta(days=1), dt.timedelta(seconds=1)
    now, space, people, parties = world.now, world.space, world.people, world.parties
    parties["ours"] = factories.party("Ours")
    parties["other"] = factories.party("Other")
    parties["third"] = factories.party("Third")
    parties["suspended"] = factories.party("Suspended")
    parties["lapsed"] = factories.party("Lapsed")
    for name in ("lapsed", "suspended"):
        factories.grant(space, "editor", party=parties[name])

    def person(name, *, party=None, role=None, **fields):
        people[name] = factories.user(name, **fields)
        if party:
            add_member(parties[party], people[name])
        if role:
            factories.grant(space, role, user=people[name], source="test.persona")
        return people[name]

    people["anonymous"] = AnonymousUser()
    person("inactive", party="ours", role="editor", is_active=False)
    person("stranger")
    factories.give_admin_access(person("admin-only"))
    person("network-member", party="other")
    for name in ("observer", "commenter", "editor", "publisher", "coordinator"):
        person(name, party="ours", role=name)
        factories.grant(world.spaces["secret"], name, user=people[name])
    factories.grant(world.spaces["room"], "editor", user=people["editor"])
    factories.grant(space, "commenter", user=person("mentor-until"), expires=now + day)
    factories.grant(space, "editor", user=person("not-yet-started"), starts=now + day)
    factories.grant(space, "editor", user=person("expired-a-second-ago"), expires=now - second)
    add_member(parties["lapsed"], person("membership-expired"), expires=now - second)
    add_member(parties["lapsed"], person("membership-not-started"), starts=now + day)
    add_member(parties["lapsed"], person("left-the-group"))
    people["left-the-group"].groups.remove(parties["lapsed"].group)
    factories.grant(space, "editor", user=person("through-party", party="other"), through=parties["other"])
    factories.grant(space, "editor", user=person("through-lost", party="other"), through=parties["third"])
    person("two-organisations", party="ours")
    add_member(parties["third"], people["two-organisations"])
    factories.grant(space, "commenter", party=parties["third"])
    person("suspended-organisation", party="suspended")
    set_active(parties["suspended"], False)
    # A fixture or raw SQL may do what GrantRole refuses; the parent must still be asked.
    person("room-without-parent")
    Grant.objects.create(space=world.spaces["room"], user=people["room-without-parent"], role="editor")
    person("secretariat")
    factories.grant(world.spaces["network"], "coordinator", user=people["secretariat"])
    people["superuser"] = factories.superuser("superuser")
    people["inactive-superuser"] = factories.superuser("inactive-superuser", is_active=False)


def _closed(world: World) -> None:
    closed = world.spaces["closed"]
    for name in ("editor", "coordinator"):
        factories.grant(closed, name, user=world.people[name])
    from wagtail_cse.access.actions import SetReadOnly

    SetReadOnly(actor=None, space=closed, read_only=True).execute()
    for space in world.spaces.values():
        space.refresh_from_db()
