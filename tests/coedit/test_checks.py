from django.test import override_settings

from wagtail_cse.coedit.checks import check_live_sockets


def test_the_line_in_asgi_is_found():
    with override_settings(ASGI_APPLICATION="tests.asgi.application"):
        assert check_live_sockets() == []


def test_a_site_without_it_is_told():
    for path in (None, "tests.urls.urlpatterns", "nowhere.application"):
        with override_settings(ASGI_APPLICATION=path):
            assert [message.id for message in check_live_sockets()] == ["cse_coedit.W001"]
