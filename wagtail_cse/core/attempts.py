"""Slowing down those who guess: counters in the cache, by name and by address of the network."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.cache import cache

from .conf import settings

#: One address may try many names (an office, a mobile network), one name may be tried from many addresses.
PER_ADDRESS = 8
PER_NAME = 5


def client_address(request: Any) -> str:
    """The address the request came from; behind `WAGTAIL_CSE_CORE_PROXIES` proxies, the one the first of them saw."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = settings.proxies
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")


class Attempts:
    """Failed tries at one thing (`purpose`) for one name, from one address."""

    def __init__(self, purpose: str, request: Any, name: str):
        address = client_address(request)
        folded = name.strip().casefold()
        limit = settings.sign_in_attempts
        self._limits = {
            self._key(purpose, "both", address, folded): limit,
            self._key(purpose, "address", address): limit * PER_ADDRESS,
            self._key(purpose, "name", folded): limit * PER_NAME,
        }
        self._own = next(iter(self._limits))

    @staticmethod
    def _key(*parts: str) -> str:
        digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        return f"cse-attempts-{digest}"

    def exhausted(self) -> bool:
        """Whether the pause is on. The same for names that exist and names that do not."""
        counts = cache.get_many(self._limits)
        return any(counts.get(key, 0) >= limit for key, limit in self._limits.items())

    def count(self) -> None:
        """One more failed try."""
        for key in self._limits:
            cache.add(key, 0, settings.sign_in_window)
            try:
                cache.incr(key)
            except ValueError:  # It ran out between the two calls.
                cache.set(key, 1, settings.sign_in_window)

    def forget(self) -> None:
        """The right password: this name from this address starts anew."""
        cache.delete(self._own)
