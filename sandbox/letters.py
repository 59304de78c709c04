"""The letter box of the demo: mails are files in a folder, and a page shows them to whoever runs the demo."""

import os
import time
import uuid
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404
from django.shortcuts import render


class EmailBackend(BaseEmailBackend):
    """Writes each message to a file of its own in settings.MAIL_FOLDER."""

    def send_messages(self, email_messages):
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020d}-{uuid.uuid4().hex}"
            part = folder / f"{name}.part"
            part.write_bytes(message.message().as_bytes())
            # Renamed at the end: a reader never sees half a message.
            os.replace(part, folder / f"{name}.eml")
        return len(email_messages)


def read(folder, to=None):
    """Every message in the folder, oldest first, as `email.message.EmailMessage`; `to`: one receiver's only."""
    messages = [
        message_from_bytes(path.read_bytes(), policy=policy.default) for path in sorted(Path(folder).glob("*.eml"))
    ]
    return [message for message in messages if to is None or to in str(message["To"])]


def _may_read(request):
    # Letters hold invitation links: only for the person at this machine, or an administrator.
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") or request.user.is_superuser


def letters(request):
    """All letters, newest first."""
    if not _may_read(request):
        raise Http404
    found = [
        {
            "to": str(message["To"]),
            "subject": str(message["Subject"]),
            "date": str(message["Date"]),
            "text": (message.get_body(preferencelist=("plain",)) or message).get_content(),
        }
        for message in reversed(read(settings.MAIL_FOLDER))
    ]
    return render(request, "sandbox/letters.html", {"letters": found})
