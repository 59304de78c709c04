"""Programs that a test may need, and the only reasons for which a test may be skipped.

A test says what it needs with a marker (`e2e`, `gettext`, `udhr`, `postgresql`); nothing calls `pytest.skip` itself.
"""

import os
import shutil
from functools import cache

#: Marker -> (what is missing, how to get it).
REASONS = {
    "e2e": ("Chromium", "apt-get install chromium, or set CSE_CHROMIUM to a Chromium or Chrome program"),
    "gettext": ("GNU gettext", "apt-get install gettext"),
    "udhr": ("The Declaration of Human Rights", "set CSE_UDHR_DIR to the folder that holds eng.html and tur.html"),
    "postgresql": ("PostgreSQL", "set DATABASE_URL, or run python3 tests/run.py, which starts a server"),
}


@cache
def chromium():
    """The browser's path, or None."""
    names = (os.environ.get("CSE_CHROMIUM"), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if name and (path := shutil.which(name))), None)


@cache
def present(marker):
    if marker == "e2e":
        return chromium() is not None
    if marker == "gettext":
        return all(shutil.which(name) for name in ("xgettext", "msgmerge", "msgfmt", "msguniq", "msgattrib"))
    if marker == "postgresql":
        return bool(os.environ.get("DATABASE_URL"))
    if marker == "udhr":
        return os.path.isfile(os.path.join(os.environ.get("CSE_UDHR_DIR", ""), "eng.html"))
    raise LookupError(marker)


def reason(marker):
    """The sentence shown for a test skipped because of `marker`."""
    name, cure = REASONS[marker]
    return f"{name} is missing here: {cure}"
