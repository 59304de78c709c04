"""The permission matrix: every URL of ours, every kind of person, the expected answer, written out.

Each app has `tests/<app>/matrix.py`:

    from tests.matrix import Row

    def build(world):                       # optional; runs once, after personas.build()
        world.things["partnership"] = ...   # rows that the URLs need, made in world.space, by the app's actions

    ROWS = {
        # anonymous stranger admin-only network-member observer commenter editor coordinator secretariat superuser
        "cse_partnerships:workspace": Row(
            "404 404 404 404 200 200 200 200 404 200",
            kwargs=lambda world: {"uuid": world.things["partnership"].uuid},
        ),
        "cse_partnerships:rename": [
            Row("404 404 404 404 403 403 403 200 404 200", kwargs=...),
            Row("404 404 404 404 403 403 403 302 404 302", kwargs=..., method="post", data=lambda world: {"a": "b"}),
        ],
    }

* One number per column of `PERSONAS`, in that order. "302" is also what anonymous people get where signing in helps.
* `world` is `tests.personas.World`: `world.people[name]`, `world.space` (the private Space of the personas),
  `world.spaces`, `world.parties`, `world.things` (a dict for the apps; access puts "file" there).
* Every request runs alone: what it writes is rolled back. Mails and other on-commit work do not happen.
* A URL without a row fails `test_every_url_has_a_row`, a row without a URL too. An answer of 5xx always fails.
* `query`: appended to the address; `headers`: extra headers; `data`: form data (or a body with `content_type`).
* Two people with the same role but from different organisations: write plain tests for that.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: The columns, in order.
PERSONAS = (
    "anonymous",
    "stranger",
    "admin-only",
    "network-member",
    "observer",
    "commenter",
    "editor",
    "coordinator",
    "secretariat",
    "superuser",
)


def nothing(world: Any) -> dict:
    return {}


@dataclass(frozen=True)
class Row:
    answers: str
    kwargs: Callable[[Any], dict] = nothing
    method: str = "get"
    data: Callable[[Any], Any] = nothing
    query: str = ""
    content_type: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def expected(self) -> dict[str, int]:
        """Status by persona."""
        answers = [int(answer) for answer in self.answers.split()]
        assert len(answers) == len(PERSONAS), f"{len(PERSONAS)} answers are needed, one for each persona"
        return dict(zip(PERSONAS, answers, strict=True))
