"""Comments beside the draft."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from wagtail_cse.access.actors import Actor
from wagtail_cse.coedit import anchors, state
from wagtail_cse.coedit.actions import OpenThread, Reply, Resolve
from wagtail_cse.coedit.models import Document

Row = tuple[str, str, str, str, str, bool]


def write(document: Document, rows: list[Row], acting: Callable[[str], Actor]) -> None:
    data = state.current(document)
    for quote, asks, question, answers, answer, settled in rows:
        place = anchors.around(data, quote)
        thread = OpenThread(
            actor=acting(asks),
            document=document,
            start=place.start,
            end=place.end,
            quote=quote,
            bid=place.bid,
            body=question,
            request_id=uuid.uuid4(),
        ).execute()
        if answer:
            Reply(actor=acting(answers), thread=thread, body=answer, request_id=uuid.uuid4()).execute()
        if settled:
            Resolve(actor=acting(asks), thread=thread).execute()
