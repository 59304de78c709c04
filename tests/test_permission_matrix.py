"""Every URL of ours x every kind of person; how to add rows: `tests/matrix.py`."""

import copy
from importlib import import_module
from importlib.util import find_spec

from django.db import transaction
from django.test import TestCase
from django.urls import URLPattern, get_resolver, reverse

from tests import personas
from tests.matrix import PERSONAS
from wagtail_cse import APPS

APP_NAMES = [name.rsplit(".", 1)[-1] for name in reversed(APPS)]


def url_names():
    """All names of URLs in namespaces of ours, wherever they are included (admin views of ours too)."""
    names = set()

    def walk(patterns, namespaces):
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                if any(part.startswith("cse_") for part in namespaces):
                    assert pattern.name, f"a URL of ours has no name: {pattern.pattern}"
                    names.add(":".join([*namespaces, pattern.name]))
            else:
                inner = [*namespaces, pattern.namespace] if pattern.namespace else namespaces
                walk(pattern.url_patterns, inner)

    walk(get_resolver().url_patterns, [])
    return names


def modules():
    for name in APP_NAMES:
        if find_spec(f"tests.{name}") and find_spec(f"tests.{name}.matrix"):
            yield import_module(f"tests.{name}.matrix")


def all_rows():
    rows = {}
    for module in modules():
        for name, row in module.ROWS.items():
            assert name not in rows, f"{name} has rows in two files"
            rows[name] = row if isinstance(row, list) else [row]
    return rows


ROWS = all_rows()


def test_every_url_has_a_row():
    assert sorted(url_names() - ROWS.keys()) == []


def test_every_row_has_a_url():
    assert sorted(ROWS.keys() - url_names()) == []


class AnswersTest(TestCase):
    """One world for all rows; every request is rolled back on its own. The tests are added below, one per row."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = personas.build()
        for module in modules():
            getattr(module, "build", lambda world: None)(cls.world)
        cls.world.space.refresh_from_db()
        cls.clients = {name: cls.world.client(name) for name in PERSONAS}
        for client in cls.clients.values():
            client.raise_request_exception = False

    def answers(self, name, row):
        url = reverse(name, kwargs=row.kwargs(self.world)) + row.query
        got = {}
        for persona, client in self.clients.items():
            arguments = {"headers": row.headers}
            if row.method not in {"get", "head", "options"}:
                arguments["data"] = row.data(self.world)
                if row.content_type:
                    arguments["content_type"] = row.content_type
            # A row may sign somebody in or out; the next row starts as this one did.
            cookies = copy.deepcopy(client.cookies)
            with transaction.atomic():
                got[persona] = getattr(client, row.method)(url, **arguments).status_code
                transaction.set_rollback(True)
            client.cookies = cookies
        return got


def _add(name, number, row):
    def test(self):
        assert self.answers(name, row) == row.expected()

    test.__name__ = "test_" + name.replace(":", "__").replace("-", "_") + f"_{number}_{row.method}"
    setattr(AnswersTest, test.__name__, test)


for _name, _rows in ROWS.items():
    for _number, _row in enumerate(_rows):
        _add(_name, _number, _row)
