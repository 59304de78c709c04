"""Browser tests: headless Chromium against a real server.

* `site`: the server of this test module (see `server.Site`); the test uses the ORM on the same database.
* `page`: a page of an anonymous visitor; `visitor(user=..., language="tr", width=360, javascript=False)`: another
  browser with its own cookies.
* `axe(page)`: fails on violations of WCAG 2.2 AA.
* `shot(page, name)`: with CSE_SHOTS=1 pictures in var/shots, 360 and 1280 px, light and dark.

A test fails at its end when a page raised an uncaught error, broke the content security policy or got an answer
of 500 or more, unless it said `visitor.errors_expected = True`.
"""

import os
import re
import tempfile
from pathlib import Path

import pytest

from tests import programs
from tests.e2e.server import ROOT, Databases, Site

FLAGS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing of a page may come from elsewhere.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_outcome = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker("e2e")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.failed:
        item.stash[_outcome] = True
    return report


@pytest.fixture(scope="session")
def _databases():
    with tempfile.TemporaryDirectory(prefix="cse-e2e-") as folder:
        databases = Databases(folder, os.environ.get("DATABASE_URL", ""))
        yield databases
        databases.close()


@pytest.fixture(scope="module")
def _loop_allowed():
    # The browser's driver runs an event loop in this thread, which Django takes for asynchronous code.
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    yield
    patch.undo()


@pytest.fixture(scope="module")
def site(_databases, browser, django_db_blocker):
    """The running server of this module; the ORM of the test is on its database for as long.

    After the browser: while its event loop runs, Django has another connection for this thread than before and after.
    The one that the tests use is the one to be turned to the database here, and closed here.
    """
    from django.contrib.contenttypes.models import ContentType
    from django.core.cache import cache
    from django.db import connection
    from django.test import override_settings
    from wagtail.models import Site as WagtailSite

    server = Site(_databases)
    former = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = server.database
    files = override_settings(
        MEDIA_ROOT=str(server.folder / "media"),
        WAGTAIL_CSE_ACCESS_PRIVATE_ROOT=str(server.folder / "private"),
        MAIL_FOLDER=str(server.mail_folder),
        EMAIL_BACKEND="sandbox.letters.EmailBackend",
        WAGTAILADMIN_BASE_URL=server.url,
    )
    try:
        with django_db_blocker.unblock(), files:
            cache.clear()
            ContentType.objects.clear_cache()
            WagtailSite.objects.update(hostname="127.0.0.1", port=server.port)
            yield server.start()
            connection.close()
    finally:
        server.close()
        connection.settings_dict["NAME"] = former
        ContentType.objects.clear_cache()


@pytest.fixture(scope="module")
def browser(_loop_allowed):
    # Not for the whole session: tests after this module may run event loops of their own.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=programs.chromium(), args=FLAGS)
        yield browser
        browser.close()


class Visitors:
    """Opens browsers for people, and watches what goes wrong in them."""

    def __init__(self, browser, site):
        self.browser = browser
        self.site = site
        self.contexts = []
        self.pages = []
        self.errors = []
        self.errors_expected = False

    def __call__(self, user=None, language="en", width=1280, height=900, scheme="light", javascript=True, **more):
        """A page in a fresh browser, signed in as `user` when one is given."""
        context = self.browser.new_context(
            base_url=self.site.url,
            locale=language,
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(15_000)
        self.contexts.append(context)
        context.on("page", self._watch)
        if user is not None:
            self.sign_in(context, user)
        return context.new_page()

    def sign_in(self, context, user):
        """Give a context (or a page's context) the session of `user`."""
        context = getattr(context, "context", context)
        context.add_cookies([self.site.cookie(user)])

    def _watch(self, page):
        self.pages.append(page)
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on("console", self._console)
        page.on("response", self._response)

    def _console(self, message):
        if message.type == "error" and "Content Security Policy" in message.text:
            self.errors.append(message.text)

    def _response(self, response):
        if response.status >= 500:
            self.errors.append(f"{response.request.method} {response.url} answered {response.status}")

    def close(self):
        for context in self.contexts:
            context.close()


@pytest.fixture
def visitor(browser, site, request):
    visitors = Visitors(browser, site)
    yield visitors
    if request.node.stash.get(_outcome, False):
        _keep(visitors, request.node.nodeid)
    visitors.close()
    if visitors.errors and not visitors.errors_expected:
        pytest.fail("\n".join(visitors.errors) + "\n" + site.log()[-4000:], pytrace=False)


@pytest.fixture
def page(visitor):
    return visitor()


def _keep(visitors, nodeid):
    """Pictures, sources and the server's log of a failed test, in var/failures."""
    folder = ROOT / "var" / "failures" / re.sub(r"[^\w.-]+", "-", nodeid)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "server.log").write_text(visitors.site.log())
    for number, page in enumerate(visitors.pages):
        if not page.is_closed():
            page.screenshot(path=folder / f"{number}.png", full_page=True)
            (folder / f"{number}.html").write_text(f"<!-- {page.url} -->\n{page.content()}")


@pytest.fixture(scope="session")
def _axe_source():
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


@pytest.fixture
def axe(_axe_source):
    """`axe(page, ignore=("rule",), within="main")`: fails with a readable list of violations."""

    def check(page, ignore=(), within=None):
        page.evaluate(_axe_source)
        rules = {name: {"enabled": False} for name in ignore}
        result = page.evaluate(
            "([context, options]) => axe.run(context || document, options)",
            [within, {"runOnly": {"type": "tag", "values": TAGS}, "rules": rules, "resultTypes": ["violations"]}],
        )
        lines = [
            f"{found['id']} ({found['impact']}): {found['help']}\n"
            + "\n".join(
                f"    {' '.join(map(str, node['target']))}\n      {node['html'][:200]}" for node in found["nodes"]
            )
            for found in result["violations"]
        ]
        assert not lines, f"{page.url}\n" + "\n".join(lines)

    return check


@pytest.fixture
def shot():
    """`shot(page, "workspace")`: with CSE_SHOTS set, var/shots/workspace.<language>.<width>.<scheme>.png."""

    def take(page, name, widths=(360, 1280), schemes=("light", "dark")):
        if not os.environ.get("CSE_SHOTS"):
            return
        folder = ROOT / "var" / "shots"
        folder.mkdir(parents=True, exist_ok=True)
        language = page.locator("html").get_attribute("lang") or "en"
        former = page.viewport_size
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in schemes:
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=folder / f"{name}.{language}.{width}.{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
        if former:
            page.set_viewport_size(former)

    return take
