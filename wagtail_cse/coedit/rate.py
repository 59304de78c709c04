"""How often a client may speak: a bucket of tokens that fills up again by itself."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from django.core.cache import cache

#: Requests a second over HTTP, of one person in one document, and how many at once.
HTTP_RATE, HTTP_BURST = 20.0, 60.0


@dataclass(slots=True)
class Bucket:
    """`rate` tokens a second, at most `burst`. `at` is the moment of the last look, in seconds."""

    rate: float
    burst: float
    tokens: float
    at: float

    def take(self, now: float) -> float:
        """One token more. 0 when there is one, otherwise the seconds until there is."""
        self.tokens = min(self.burst, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1:
            return (1 - self.tokens) / self.rate
        self.tokens -= 1
        return 0.0


def http_wait(person: str, document_id: int) -> int:
    """One request of `person` in a document: 0 when it may be served, otherwise the whole seconds to wait.

    Kept in Django's cache. Two requests at the same moment may take one token together: this guards against a flood,
    and counts nothing that must be exact.
    """
    key = f"cse_coedit:rate:{document_id}:{person}"
    now = time.time()
    tokens, at = cache.get(key) or (HTTP_BURST, now)
    bucket = Bucket(HTTP_RATE, HTTP_BURST, tokens, at)
    wait = math.ceil(bucket.take(now))
    cache.set(key, (bucket.tokens, bucket.at), math.ceil(HTTP_BURST / HTTP_RATE) + 1)
    return wait
