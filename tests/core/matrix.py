"""A person's own pages: open to everybody who is signed in, and nothing in them belongs to a Space."""

from tests.matrix import Row

EVERYBODY = "200 200 200 200 200 200 200 200 200 200"
SIGNED_IN = "302 200 200 200 200 200 200 200 200 200"
LED_ON = "302 302 302 302 302 302 302 302 302 302"
NOT_BY_GET = "405 405 405 405 405 405 405 405 405 405"


def language(world):
    return {"language": "tr", "next": "/tr/cse/"}


ROWS = {
    "cse_core:home": Row(SIGNED_IN),
    # Signs in first, then on to wherever: the same for addresses that exist and that do not.
    "cse_core:open": Row(LED_ON, query="?to=/en/nowhere/"),
    "cse_core:set-language": [Row(NOT_BY_GET), Row(LED_ON, method="post", data=language)],
    "cse_core:preferences": [
        Row(SIGNED_IN),
        Row(
            LED_ON,
            method="post",
            data=lambda world: {"first_name": "A", "last_name": "B", "language": "tr", "zone": "Europe/Istanbul"},
        ),
    ],
    "cse_core:sign-in": Row(EVERYBODY),
    "cse_core:sign-out": [Row(NOT_BY_GET), Row(LED_ON, method="post")],
    "cse_core:confirm-identity": Row(SIGNED_IN),
    "cse_core:password-change": Row(SIGNED_IN),
    "cse_core:password-reset": [
        Row(EVERYBODY),
        Row(LED_ON, method="post", data=lambda world: {"email": "nobody@example.org"}),
    ],
    "cse_core:password-reset-sent": Row(EVERYBODY),
    "cse_core:password-reset-done": Row(EVERYBODY),
    "cse_core:password-reset-confirm": Row(EVERYBODY, kwargs=lambda world: {"uidb64": "eA", "token": "x-y"}),
}
