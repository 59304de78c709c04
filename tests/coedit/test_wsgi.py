"""Co-editing on a site without ASGI: what the editor asks for works under `runserver` and any WSGI server."""

import http.client
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.coedit.clients import Editor
from tests.coedit.server import session_of
from tests.coedit.wsgi import wsgi_server
from wagtail_cse.coedit import state, wire
from wagtail_cse.coedit.render import to_text

HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@pytest.fixture
def ask(live_world):
    """`ask(method, path, body, **headers)`: (status, headers, body) for Anna's browser; no CSRF cookie is needed
    for reading, and the token for writing is that of the cookie."""
    session = session_of(live_world.anna)
    token = "a" * 32
    cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={token}"

    with wsgi_server() as url:

        def asked(method, path, body=None, headers=None):
            connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=20)
            try:
                connection.request(method, path, body, {"Cookie": cookie, "X-CSRFToken": token, **(headers or {})})
                response = connection.getresponse()
                return response.status, dict(response.getheaders()), response.read()
            finally:
                connection.close()

        yield asked


def test_the_address_of_websockets_says_that_there_are_none(live_world, ask):
    path = f"/en/cse/coedit/{live_world.document.uuid}/socket/"
    status, headers, _body = ask("GET", path, headers=HANDSHAKE)
    assert status == 426
    # Hop-by-hop: wsgiref answers 500 to an application that sends it.
    assert "Upgrade" not in headers


def test_the_text_goes_over_http(live_world, ask):
    document = live_world.document
    anna = Editor()
    path = f"/en/cse/coedit/{document.uuid}/sync/?schema=1&since="
    kind = {"Content-Type": "application/octet-stream"}
    status, headers, body = ask("POST", f"{path}-1", anna.ask(), kind)
    assert (status, headers["X-Seq"]) == (200, "1")
    anna.read(body)
    assert anna.text == "Aims\n\nNewcomers do nothing alone."
    update = anna.type(" Ever.")
    status, headers, _body = ask("POST", f"{path}1", wire.sync(wire.UPDATE, update), kind)
    assert (status, headers["X-Seq"]) == (200, "2")
    assert to_text(state.current_tree(document)) == "Aims\n\nNewcomers do nothing alone. Ever."
