"""Comment threads as JSON."""

from __future__ import annotations

import base64
import binascii
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from wagtail_cse.access import acting
from wagtail_cse.access.loaders import get_for
from wagtail_cse.core.exceptions import Invalid
from wagtail_cse.core.people import display_name

from ..actions import OpenThread, Reopen, Reply, Resolve
from ..models import Document, Thread
from .base import answers_json, body_of


@never_cache
@require_http_methods(["GET", "POST"])
@answers_json
def threads(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """GET: all threads. POST: open one: `start`, `end` (base64), `quote`, `bid`, `body`, `request_id`."""
    verb = "comment" if request.method == "POST" else "view"
    document = get_for(request.user, verb, Document, uuid=key)
    if request.method == "GET":
        found = document.threads.with_comments()
        return JsonResponse({"threads": [as_dict(thread) for thread in found]})
    data = _data(request)
    thread = OpenThread(
        actor=acting.actor(request),
        document=document,
        start=_bytes(data, "start"),
        end=_bytes(data, "end"),
        quote=_text(data, "quote"),
        bid=_text(data, "bid"),
        body=_text(data, "body"),
        request_id=_request_id(data),
    ).execute()
    return _fresh(thread, status=201)


@never_cache
@require_POST
@answers_json
def thread_replies(request: HttpRequest, key: uuid.UUID, thread: uuid.UUID) -> HttpResponse:
    """Answer: `body`, `request_id`."""
    found = _thread(request, key, thread)
    data = _data(request)
    Reply(actor=acting.actor(request), thread=found, body=_text(data, "body"), request_id=_request_id(data)).execute()
    return _fresh(found, status=201)


@never_cache
@require_POST
@answers_json
def thread_resolve(request: HttpRequest, key: uuid.UUID, thread: uuid.UUID) -> HttpResponse:
    """`resolved`: true settles the thread, false opens it again."""
    found = _thread(request, key, thread)
    action = Resolve if _data(request).get("resolved", True) is True else Reopen
    action(actor=acting.actor(request), thread=found).execute()
    return _fresh(found)


def _thread(request: HttpRequest, key: uuid.UUID, thread: uuid.UUID) -> Thread:
    document = get_for(request.user, "comment", Document, uuid=key)
    found = document.threads.filter(uuid=thread).first()
    if found is None:
        raise Http404
    return found


def _fresh(thread: Thread, status: int = 200) -> JsonResponse:
    return JsonResponse(as_dict(Thread.objects.with_comments().get(pk=thread.pk)), status=status)


def as_dict(thread: Thread) -> dict[str, Any]:
    """A thread (loaded `with_comments`) as the editor shows it. People without e-mail address or key."""
    document = thread.document.uuid
    resolved = None
    if thread.resolved_at is not None:
        resolved = {**person(thread.resolved_by, thread.resolved_party), "at": thread.resolved_at.isoformat()}
    return {
        "uuid": str(thread.uuid),
        "start": base64.b64encode(thread.start).decode(),
        "end": base64.b64encode(thread.end).decode(),
        "quote": thread.quote,
        "bid": thread.bid,
        "resolved": resolved,
        "comments": [
            {"user": person(comment.user, comment.party), "body": comment.body, "at": comment.created_at.isoformat()}
            for comment in thread.comments.all()
        ],
        "replies_url": reverse("cse_coedit:thread-replies", args=[document, thread.uuid]),
        "resolve_url": reverse("cse_coedit:thread-resolve", args=[document, thread.uuid]),
    }


def person(user: Any, party: Any) -> dict[str, Any]:
    """Name and organisation of a writer; both may be gone by now."""
    name = display_name(user) if user is not None else ""
    return {
        "name": name,
        "party": party.name if party else "",
        "initials": (party.initials or party.name[:2]) if party else name[:2],
        "colour": party.colour if party else 12,
        "shape": party.shape if party else "round",
    }


def _data(request: HttpRequest) -> dict[str, Any]:
    data = body_of(request)
    if data is None:
        raise Invalid(_("The server could not read this. Reload the page and try again."), code="json")
    return data


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name, "")
    # A lone surrogate or a zero byte cannot be stored.
    return value.replace("\x00", "").encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _bytes(data: dict[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(_text(data, name), validate=True)
    except binascii.Error:
        return b""


def _request_id(data: dict[str, Any]) -> uuid.UUID:
    try:
        return uuid.UUID(_text(data, "request_id"))
    except ValueError:
        raise Invalid(
            _("The server could not read this. Reload the page and try again."), code="request_id"
        ) from None
