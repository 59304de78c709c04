"""Comments beside the text. They are rows, not part of the document: commenters cannot touch the text with them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail_cse.access.actors import Actor
from wagtail_cse.core.exceptions import Invalid

from ..anchors import check_anchor
from ..models import Comment, Document, Thread
from ..signals import thread_changed
from .base import DocumentAction

MAX_BODY = 5000
MAX_QUOTE = 2000
MAX_ANCHOR = 256


def clean_body(body: str) -> str:
    """The comment without surrounding space; raises `Invalid` when it is empty or too long."""
    body = body.strip()
    if not body:
        raise Invalid(_("Write your comment first."), code="body")
    if len(body) > MAX_BODY:
        raise Invalid(_("This comment is too long: 5,000 characters at most."), code="body")
    return body


class ThreadAction(DocumentAction[Thread]):
    verb = "comment"
    actor: Actor
    thread: Thread
    event: ClassVar[str] = ""

    def check(self) -> None:
        super().check()
        thread = Thread.objects.filter(pk=self.thread.pk, document=self.document).first()
        if thread is None:
            raise Http404
        self.thread = thread

    def committed(self, result: Thread) -> None:
        thread_changed.send(Thread, thread_id=result.pk, document_id=self.document.pk, event=self.event)


class OpenThread(ThreadAction):
    """Comment on a selection.

    `start`, `end`: encoded Yjs relative positions. `quote`: the words. `bid`: the block. `request_id` chosen by the
    client: the same request a second time gives the thread of the first.
    """

    name: ClassVar[str] = "cse_coedit.open_thread"
    event = "opened"

    def __init__(
        self,
        *,
        actor: Actor,
        document: Document,
        start: bytes,
        end: bytes,
        quote: str,
        bid: str,
        body: str,
        request_id: uuid.UUID,
    ):
        self.actor = actor
        self.document = document
        self.start, self.end = start, end
        self.quote, self.bid = quote, bid
        self.body = body
        self.request_id = request_id

    def check(self) -> None:
        super(ThreadAction, self).check()
        self.known = earlier(self.request_id, self.document, self.actor)
        self.body = clean_body(self.body)
        for anchor in (self.start, self.end):
            if not 0 < len(anchor) <= MAX_ANCHOR or not check_anchor(anchor):
                raise Invalid(
                    _("The place of this comment could not be read. Select the words again."), code="anchor"
                )

    def write(self) -> Thread:
        if self.known is not None:
            return self.known
        thread = Thread.objects.create(
            document=self.document,
            start=self.start,
            end=self.end,
            quote=self.quote[:MAX_QUOTE],
            bid=self.bid[:36],
            created_by=self.actor.user,
            party=self.actor.party,
        )
        write_comment(thread, self.actor, self.body, self.request_id)
        return thread


class Reply(ThreadAction):
    """Answer in a thread; the same `request_id` a second time changes nothing."""

    name: ClassVar[str] = "cse_coedit.reply"
    event = "answered"

    def __init__(self, *, actor: Actor, thread: Thread, body: str, request_id: uuid.UUID):
        self.actor = actor
        self.thread = thread
        self.document = thread.document
        self.body = body
        self.request_id = request_id

    def check(self) -> None:
        super().check()
        self.known = earlier(self.request_id, self.document, self.actor)
        self.body = clean_body(self.body)

    def write(self) -> Thread:
        if self.known is None:
            write_comment(self.thread, self.actor, self.body, self.request_id)
        return self.thread


class Resolve(ThreadAction):
    """Mark a thread as settled; it stays readable. Settled twice is settled."""

    name: ClassVar[str] = "cse_coedit.resolve"
    event = "resolved"

    def __init__(self, *, actor: Actor, thread: Thread):
        self.actor = actor
        self.thread = thread
        self.document = thread.document

    def write(self) -> Thread:
        if self.thread.resolved_at is None:
            self.thread.resolved_at = timezone.now()
            self.thread.resolved_by = self.actor.user
            self.thread.resolved_party = self.actor.party
            self.thread.save(update_fields=["resolved_at", "resolved_by", "resolved_party"])
        return self.thread


class Reopen(ThreadAction):
    """Take up a settled thread again."""

    name: ClassVar[str] = "cse_coedit.reopen"
    event = "reopened"

    def __init__(self, *, actor: Actor, thread: Thread):
        self.actor = actor
        self.thread = thread
        self.document = thread.document

    def write(self) -> Thread:
        if self.thread.resolved_at is not None:
            self.thread.resolved_at = self.thread.resolved_by = self.thread.resolved_party = None
            self.thread.save(update_fields=["resolved_at", "resolved_by", "resolved_party"])
        return self.thread


def earlier(request_id: uuid.UUID, document: Document, actor: Actor) -> Thread | None:
    """The thread of a comment that came with this request id before; raises `Invalid` when it is somebody else's."""
    comment = Comment.objects.filter(request_id=request_id).select_related("thread").first()
    if comment is None:
        return None
    if comment.thread.document_id != document.pk or comment.user_id != actor.user.pk:
        raise Invalid(_("This comment could not be stored. Reload the page and try again."), code="request_id")
    return comment.thread


def write_comment(thread: Thread, actor: Actor, body: str, request_id: uuid.UUID) -> Comment:
    return Comment.objects.create(thread=thread, user=actor.user, party=actor.party, body=body, request_id=request_id)
