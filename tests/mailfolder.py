"""Mail of a server process, readable by the test: one file per message."""

import os
import time
import uuid
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
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
