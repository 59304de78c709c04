import pytest
from wagtail.models import Locale, Page, Site

from tests import factories
from wagtail_cse.access.actors import Actor
from wagtail_cse.access.network import network_space
from wagtail_cse.languages import actions
from wagtail_cse.pages.models import ModelIndexPage, ModelPage


@pytest.fixture
def site(db):
    """A site in English and Turkish with our section of model documents in English only."""
    tr = Locale.objects.create(language_code="tr")
    home = Site.objects.get(is_default_site=True).root_page
    home_tr = home.copy_for_translation(tr)
    home_tr.title = "Ana sayfa"
    home_tr.save_revision().publish()
    index = home.add_child(instance=ModelIndexPage(title="Model documents", slug="models"))
    return {"tr": tr, "home": home, "home_tr": Page.objects.get(pk=home_tr.pk), "index": index}


@pytest.fixture
def model(site):
    """A live English page of two paragraphs and a heading."""
    page = ModelPage(title="The long table", slug="long-table", summary="A kitchen for all.", live=False)
    page.body = page.body.stream_block.to_python(body("Food was given out.", "Keep the lot."))
    site["index"].add_child(instance=page)
    page.save_revision().publish()
    return ModelPage.objects.get(pk=page.pk)


def body(*paragraphs):
    return [
        {"type": "heading", "value": {"text": "Issue", "level": "2"}, "id": "11111111-1111-4111-8111-111111111111"},
        *(
            {"type": "rich_text", "value": f"<p>{text}</p>", "id": f"22222222-2222-4222-8222-22222222222{n}"}
            for n, text in enumerate(paragraphs)
        ),
    ]


@pytest.fixture
def secretary(db):
    person = factories.user("secretary")
    factories.grant(network_space(), "coordinator", user=person)
    return person


@pytest.fixture
def translator(site, secretary):
    person = factories.user("deniz")
    actions.AppointTranslator(actor=Actor(secretary), user=person, locale=site["tr"]).execute()
    return person
