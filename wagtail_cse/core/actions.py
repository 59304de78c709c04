"""A change of state is one class: check, then write in one transaction, then tell on commit."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from django.db import transaction

Result = TypeVar("Result")


class Action(Generic[Result]):
    """One use case.

    Subclasses take keyword-only inputs in `__init__` (never a request), and implement

    * `check()`: raises a `core.exceptions.CseError` (or `Http404`) when the actor may not or the input is wrong;
      it runs inside the transaction, after the rows that decide were locked there.
    * `write()`: changes rows and returns the result.
    * `log(result)`: audit entries, same transaction.
    * `committed(result)`: signals, mails, tasks; called once, after the outermost commit.
    """

    #: Name in logs; `<app>.<verb>`.
    name: ClassVar[str] = ""

    def check(self) -> None:
        """Raise a domain error unless the action may happen."""

    def write(self) -> Result:
        raise NotImplementedError

    def log(self, result: Result) -> None:
        """Write audit entries."""

    def committed(self, result: Result) -> None:
        """React to the commit."""

    def execute(self) -> Result:
        """Run the action; returns what `write` returned, or raises a domain error with nothing changed."""
        with transaction.atomic():
            self.check()
            result = self.write()
            self.log(result)
            transaction.on_commit(lambda: self.committed(result))
        return result

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.__dict__.get('actor', '')!s}>"
