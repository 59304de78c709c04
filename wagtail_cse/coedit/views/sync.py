"""The live transports over plain HTTP."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from wagtail_cse.access import acting, tickets
from wagtail_cse.core.attempts import client_address

from ..cards import card_of
from ..exceptions import Rejected
from ..exchange import MAX_BODY, exchange
from ..models import Document
from ..rate import http_wait
from ..room import check_schema
from .base import answers_json, problem


@require_GET
@never_cache
def socket(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Where WebSockets knock: a server without `CoeditApplication` says that there are none. Tells nothing else."""
    # Without `Upgrade`, which belongs to 426: it is a hop-by-hop header, and a WSGI server refuses to send one.
    return HttpResponse(
        _("This address is for live co-editing only."), status=426, content_type="text/plain; charset=utf-8"
    )


# A commit of ours must not wait for the end of a request's transaction: only then is the answer true.
@transaction.non_atomic_requests
@never_cache
@require_POST
@answers_json
def sync(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Frames in, frames out; `X-Seq` is the number of the newest row that the answer covers."""
    document = Document.objects.select_related("space").filter(uuid=key).first()
    actor = acting.actor(request)
    ticket = tickets.issue(actor.user, actor.party, document.space, request.session) if document else None
    if document is None or ticket is None:
        raise Http404
    if not check_schema(request.GET.get("schema")):
        return problem(_("This page is older than the document. Load it again."), 409, "schema")
    wait = http_wait(str(ticket.user_id or client_address(request)), document.pk)
    if wait:
        response = problem(_("Too many requests. Your words are kept and are sent in a moment."), 429, "rate")
        response["Retry-After"] = str(wait)
        return response
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
        return problem(_("That is too large for the server."), 413, "size")
    try:
        answer = exchange(document.pk, ticket, card_of(actor), request.body, _since(request))
    except Rejected as error:
        return _refused(str(error))
    response = HttpResponse(answer.body, content_type="application/octet-stream")
    response["X-Seq"] = str(answer.seq)
    return response


def _since(request: HttpRequest) -> int:
    try:
        return max(-1, int(request.GET.get("since", "-1")))
    except ValueError:
        return -1


def _refused(rule: str) -> HttpResponse:
    if rule == "right":
        return problem(_("You no longer have the right to do this."), 403, rule)
    if rule in ("size", "full"):
        return problem(_("That is too large for the server."), 413, rule)
    return problem(_("The server could not accept this change."), 400, rule)
