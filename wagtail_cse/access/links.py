"""Links in mails: one address that always asks to sign in first and then leads on.

Whoever holds a mail that was forwarded or found learns nothing: the answer is the same whether the target exists,
existed or never did.
"""

from __future__ import annotations

from django.core import signing
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

SALT = "wagtail_cse.access.go"


def go_url(path: str) -> str:
    """The path to put into a mail for `path` (a path of this site, with query if any)."""
    if not is_local(path):
        raise ValueError("Only paths of this site can be linked in a mail")
    return reverse("cse_access:go", args=[signing.dumps(path, salt=SALT)])


def read(token: str) -> str | None:
    """The path in a link, or None when nobody here made it."""
    try:
        path = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return path if isinstance(path, str) and is_local(path) else None


def is_local(path: str) -> bool:
    """Whether `path` stays on this site."""
    return path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
