"""What holds for every test: the only allowed skips, and an empty outbox and cache for each."""

import os

import pytest

from tests import programs

_forbidden = pytest.StashKey[list]()


def pytest_configure(config):
    config.stash[_forbidden] = []


def pytest_runtest_setup(item):
    for marker in programs.REASONS:
        if item.get_closest_marker(marker) and not programs.present(marker):
            pytest.skip(programs.reason(marker))


class SkipGuard:
    """Fails the run when a test was skipped or expected to fail for another reason than a missing program.

    With CSE_CI=1 every skip fails it.
    """

    def __init__(self, config):
        self.forbidden = config.stash[_forbidden]
        self.allowed = (
            []
            if os.environ.get("CSE_CI")
            else [
                f"Skipped: {programs.reason(marker)}" for marker in programs.REASONS if not programs.present(marker)
            ]
        )

    def note(self, report):
        text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if hasattr(report, "wasxfail"):
            text = f"expected to fail: {report.wasxfail}"
        if text not in self.allowed:
            self.forbidden.append(f"{report.nodeid}: {text}")

    def pytest_runtest_logreport(self, report):
        if report.skipped or hasattr(report, "wasxfail"):
            self.note(report)

    def pytest_collectreport(self, report):
        if report.skipped:
            self.note(report)

    def pytest_terminal_summary(self, terminalreporter):
        if self.forbidden:
            terminalreporter.section("skips that are not allowed", red=True, bold=True)
            for line in self.forbidden:
                terminalreporter.write_line(line)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session, exitstatus):
        if self.forbidden and exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session):
    # Only the process that reports (not a worker of xdist) judges.
    if not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(SkipGuard(session.config), "skip-guard")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from django.db import connection
    from django.test import TransactionTestCase

    from tests import baseline

    with django_db_blocker.unblock():
        baseline.keep(connection)
    TransactionTestCase._fixture_teardown = baseline.empty_and_restore


@pytest.fixture(autouse=True)
def _empty_cache():
    from django.core.cache import caches

    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def _own_language():
    """A request in Turkish leaves its language behind in the thread; each test begins in the site's own."""
    from django.conf import settings
    from django.utils import translation

    with translation.override(settings.LANGUAGE_CODE):
        yield
