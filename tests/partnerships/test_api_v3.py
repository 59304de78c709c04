"""The REST API v3 of the site shows nothing of a workspace, and cannot write into a published text."""

import json

import pytest
from wagtail.models import APIToken

from tests import factories
from tests.modeldocs.conftest import model_document, net, partnership  # noqa: F401 - fixtures
from tests.modeldocs.test_publication import publish, sign_all, signed  # noqa: F401 - a fixture
from wagtail_cse.pages.models import ModelPage


def headers(user):
    _token, raw = APIToken.create_token(user=user, name="test")
    return {"HTTP_AUTHORIZATION": f"Bearer {raw}"}


@pytest.fixture
def people(net):  # noqa: F811
    return {"anonymous": None, "outsider": net.people["eleni"], "admin only": factories.admin_user()}


@pytest.mark.parametrize("who", ["anonymous", "outsider", "admin only"])
def test_nothing_of_a_workspace(partnership, people, client, who):  # noqa: F811
    extra = headers(people[who]) if people[who] else {}
    page = partnership.page
    for path in (
        "pages/",
        "pages/?search=Volunteers",
        f"pages/?child_of={page.get_parent().pk}",
        f"pages/?translation_of={page.pk}",
        f"pages/find/?html_path={page.url}",
        f"pages/{page.pk}/",
        f"pages/{page.pk}/revisions/",
        "documents/",
        "images/",
        "sites/",
    ):
        response = client.get(f"/api/v3/{path}", **extra)
        body = response.content.decode()
        assert response.status_code < 500, path
        for marker in (partnership.title, page.slug, "Volunteers who stay"):
            assert marker not in body.replace(path, ""), (path, response.status_code, body[:300])
    hidden, missing = (client.get(f"/api/v3/pages/{pk}/", **extra) for pk in (page.pk, 999999))
    assert hidden.status_code == missing.status_code
    assert hidden.content == missing.content
    if who == "anonymous":  # an API that shows nothing at all would pass, too
        assert "Model documents" in client.get("/api/v3/pages/").content.decode()


def test_a_published_body_is_not_written_by_the_api(net, signed, client):  # noqa: F811
    publish(net, signed)
    page = ModelPage.objects.get()
    client.patch(
        f"/api/v3/pages/{page.pk}/",
        json.dumps({"title": page.title, "body": [{"type": "rich_text", "value": "<p>Something else</p>"}]}),
        content_type="application/json",
        **headers(factories.superuser()),
    )
    page = ModelPage.objects.get()
    assert page.body_is_signed is True
    assert "Something else" not in str(page.get_latest_revision_as_object().body)
