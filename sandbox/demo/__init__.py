"""The demo: a small invented network, made with the same actions that the browser uses."""

from __future__ import annotations

from .content import ADMINISTRATOR, ORGANISATIONS, PASSWORD, SECRETARIAT, TRANSLATOR


def _accounts() -> list[tuple[str, str, str]]:
    rows = [
        (SECRETARIAT["email"], PASSWORD, f"{SECRETARIAT['name']}, secretariat of the network"),
        (ADMINISTRATOR["email"], PASSWORD, "administers the site, opens /admin/"),
        (TRANSLATOR["email"], PASSWORD, f"{TRANSLATOR['name']}, translates into Turkish"),
    ]
    for facts in ORGANISATIONS.values():
        rows += [
            (person["email"], PASSWORD, f"{person['name']}, {facts['name']} ({facts['city']})")
            for person in facts["people"]
        ]
    return rows


#: (login, password, who) of everybody in the demo.
ACCOUNTS = _accounts()


def load() -> None:
    """Make everything, in the order in which it would have happened."""
    from .loading import load_all

    load_all()
