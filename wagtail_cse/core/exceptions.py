"""What can go wrong, in words for the person who did it.

Every exception here carries a sentence in the user's language (`str(error)`), so that a view shows it next to
what was typed and nothing is lost.
"""

from django.core.exceptions import PermissionDenied


class CseError(Exception):
    """Base of all domain errors. The first argument is a translated full sentence for the user."""

    #: Stable, untranslated name for logs, tests and JSON answers.
    code = "error"

    def __init__(self, message: str = "", *, code: str | None = None):
        super().__init__(message)
        if code:
            self.code = code

    @property
    def message(self) -> str:
        return str(self.args[0]) if self.args else ""


class NotAllowed(CseError, PermissionDenied):
    """The actor is inside the Space but holds no right for this: answered with 403, by middleware or view.

    For a Space that the actor may not enter nothing may say that it exists: raise `Http404` there
    (`access.loaders.get_for` decides between the two).
    """

    code = "not_allowed"


class Invalid(CseError):
    """The input cannot be accepted as it is; the sentence says what to change."""

    code = "invalid"


class Stale(CseError):
    """Somebody changed the thing between load and save; what was typed is shown again."""

    code = "stale"


class AlreadyDone(CseError):
    """The same form arrived twice; the first one did the work."""

    code = "already_done"
