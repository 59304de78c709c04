import pytest

from tests import factories
from wagtail_cse.access.actors import Actor
from wagtail_cse.coedit import exchange
from wagtail_cse.coedit import tree as t
from wagtail_cse.coedit.actions import CreateDocument


@pytest.fixture(autouse=True)
def _no_rooms_of_other_tests():
    exchange._slots.clear()


class World:
    """A Space with a document, an editor, a commenter and an observer of one organisation each, and a stranger."""

    def __init__(self):
        self.anna = factories.user("anna")
        self.berk = factories.user("berk")
        self.carla = factories.user("carla")
        self.dimitri = factories.user("dimitri")
        self.stranger = factories.user("stranger")
        self.liman = factories.party("Liman", self.anna, colour=3)
        self.porto = factories.party("Porto", self.berk, colour=5)
        self.rete = factories.party("Rete", self.carla)
        self.synthesis = factories.party("Synthesis", self.dimitri)
        factories.party("Elsewhere", self.stranger)
        self.space = factories.space("Volunteers who stay")
        self.grants = {
            "anna": factories.grant(self.space, "editor", party=self.liman),
            "berk": factories.grant(self.space, "editor", party=self.porto),
            "carla": factories.grant(self.space, "commenter", party=self.rete),
            "dimitri": factories.grant(self.space, "observer", party=self.synthesis),
        }
        self.document = self.make()

    def make(self, *blocks, title="A model"):
        blocks = blocks or (t.node("heading", "Aims", level=2), t.node("paragraph", "Newcomers do nothing alone."))
        return CreateDocument(
            actor=self.actor("anna"),
            space=self.space,
            kind="test",
            title=title,
            language="en",
            content=t.doc(*blocks),
        ).execute()

    def actor(self, name):
        person = getattr(self, name)
        return Actor(person, person.cse_parties.first())


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def live_world(transactional_db):
    return World()
