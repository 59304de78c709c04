"""Live co-editing in front of Django's ASGI application: one line in `asgi.py`.

    application = CoeditApplication(get_asgi_application())

It takes the WebSockets of documents and hands everything else on. Without it co-editing goes over HTTP.
"""

from __future__ import annotations

import asyncio
import logging
import re
import uuid
from collections.abc import Awaitable, Callable
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest
from django.http.request import split_domain_port, validate_host

from wagtail_cse.access import acting, tickets

from . import wire
from .cards import card_of
from .connection import Connection
from .exceptions import Rejected
from .hub import Hub
from .models import Document
from .room import check_schema

logger = logging.getLogger("wagtail_cse.coedit")

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

#: The end of the address `cse_coedit:socket`, wherever a site has mounted it.
PATH = re.compile(r"/coedit/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/socket/\Z")


#: Rules whose breach does not refuse the text itself: who only came too fast may send it again, more slowly.
CODES = {"right": wire.CLOSE_NO_RIGHT, "reload": wire.CLOSE_LATER, "rate": wire.CLOSE_LATER}


class CoeditApplication:
    def __init__(self, application: Any):
        self.application = application
        self.hub = Hub()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
            return
        match = PATH.search(scope["path"]) if scope["type"] == "websocket" else None
        if match is None:
            await self.application(scope, receive, send)
            return
        await receive()
        if not origin_allowed(scope):
            # Before the handshake is accepted: the server answers 403.
            await send({"type": "websocket.close", "code": wire.CLOSE_NO_RIGHT})
            return
        # Only an accepted socket can tell a browser why it is closed.
        await send({"type": "websocket.accept"})
        await self._serve(scope, uuid.UUID(match[1]), receive, send)

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward to the wrapped application, and do it ourselves where that knows no lifespan (Django's)."""
        spoken = False

        async def watched(message: dict[str, Any]) -> None:
            nonlocal spoken
            spoken = True
            if message["type"] == "lifespan.shutdown.complete":
                await self.hub.stop()
            await send(message)

        try:
            await self.application(scope, receive, watched)
        except Exception:
            if spoken:
                raise
        if spoken:
            return
        while True:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await self.hub.stop()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return

    async def _serve(self, scope: Scope, key: uuid.UUID, receive: Receive, send: Send) -> None:
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        if not check_schema(query.get("schema", [None])[0]):
            await _close(send, wire.CLOSE_SCHEMA, "schema")
            return
        self.hub.start()
        entry = await self.hub.run(admit, scope, key)
        if isinstance(entry, int):
            await _close(send, entry, "right" if entry == wire.CLOSE_NO_RIGHT else "sign in")
            return
        document_id, ticket, card = entry
        if self.hub.too_many(ticket.user_id):
            await _close(send, wire.CLOSE_LATER, "connections")
            return
        connection = Connection(ticket, card, send, wants_ack="ack" in query)
        sender = asyncio.ensure_future(connection.sender())
        reader = asyncio.ensure_future(self._read(connection, document_id, receive))
        try:
            await asyncio.wait({sender, reader}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self.hub.leave(connection)
            reader.cancel()
            if connection.closing is None:
                sender.cancel()
            await asyncio.gather(reader, sender, return_exceptions=True)

    async def _read(self, connection: Connection, document_id: int, receive: Receive) -> None:
        """Until the client leaves or is refused; whatever goes wrong ends in a close code, never in silence."""
        try:
            await self.hub.join(connection, document_id)
            while connection.closing is None:
                message = await receive()
                if message["type"] == "websocket.disconnect":
                    return
                frame = message.get("bytes")
                if frame is None:
                    raise Rejected("text")
                await self.hub.receive(connection, frame)
        except Rejected as error:
            self.hub.counts[f"refused {error}"] += 1
            logger.warning("document %s: a frame was refused: %s", document_id, error)
            connection.close(CODES.get(str(error), wire.CLOSE_REFUSED), str(error))
        except Document.DoesNotExist:
            connection.close(wire.CLOSE_NO_RIGHT, "right")
        except Exception:
            logger.exception("document %s: a connection failed", document_id)
            connection.close(wire.CLOSE_LATER, "again")
        # The sender ends the connection; leaving now would cut off what it still has to say.
        await asyncio.sleep(10)


async def _close(send: Send, code: int, reason: str) -> None:
    await send({"type": "websocket.close", "code": code, "reason": reason})


def admit(scope: Scope, key: uuid.UUID) -> tuple[int, tickets.Ticket, Any] | int:
    """Document, ticket and card of who knocks; or the close code.

    4401: nobody is signed in. 4403: no such document, or not his; the two must not be told apart.
    """
    request = request_of(scope)
    document = Document.objects.select_related("space").filter(uuid=key).first()
    actor = acting.actor(request)
    ticket = tickets.issue(actor.user, actor.party, document.space, request.session) if document else None
    if document is None or ticket is None:
        return wire.CLOSE_NO_RIGHT if request.user.is_authenticated else wire.CLOSE_SIGN_IN
    return document.pk, ticket, card_of(actor)


def request_of(scope: Scope) -> HttpRequest:
    """A request with the session and the user of the handshake's cookie."""
    headers = dict(scope["headers"])
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(headers.get(b"cookie", b"").decode("latin-1"))
    except CookieError:
        cookies = SimpleCookie()
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(morsel.value if morsel else None)
    request.user = get_user(request)
    return request


def origin_allowed(scope: Scope) -> bool:
    """A browser says where the page came from; only our own pages may open a socket with the visitor's session.

    Clients that are no browsers send no Origin, and no foreign page can make them send a cookie.
    """
    origins = [value.decode("latin-1") for name, value in scope["headers"] if name == b"origin"]
    if not origins:
        return True
    if len(origins) > 1:
        return False
    try:
        origin = urlsplit(origins[0])
    except ValueError:
        return False
    if not origin.netloc or origin.scheme not in ("http", "https"):
        return False
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
    if origin.netloc == host and _host_allowed(host):
        return True
    return any(_trusted(origin.scheme, origin.netloc, trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS)


def _host_allowed(host: str) -> bool:
    allowed = settings.ALLOWED_HOSTS
    if settings.DEBUG and not allowed:
        allowed = [".localhost", "127.0.0.1", "[::1]"]
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, allowed)


def _trusted(scheme: str, netloc: str, trusted: str) -> bool:
    wanted = urlsplit(trusted)
    if wanted.scheme != scheme:
        return False
    if wanted.netloc.startswith("*."):
        return netloc.endswith(wanted.netloc[1:])
    return netloc == wanted.netloc
