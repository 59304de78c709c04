"""The secretariat's desk stands on its home page, and on nobody else's."""

import pytest

from tests import factories
from wagtail_cse.access.network import network_space


@pytest.mark.django_db
def test_the_desk_is_the_secretariats(client):
    secretary, member = factories.user("secretary"), factories.user("member")
    factories.grant(network_space(), "coordinator", user=secretary)
    client.force_login(secretary, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get("/tr/cse/").content.decode()
    for words in ("Sekretaryanın masası", "Ortaklık başlat", "Çeviriler", "Ağı kur"):
        assert words in html
    client.force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    assert "Sekretaryanın masası" not in client.get("/tr/cse/").content.decode()
