"""A site that lacks something is told which line to add; error pages give one answer."""

import pytest
from django.http import Http404
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from wagtail_cse.core import checks
from wagtail_cse.core.exceptions import NotAllowed


def ids(found):
    return [message.id for message in found]


def test_the_tests_own_site_lacks_nothing():
    for check in (
        checks.check_context_processors,
        checks.check_base_template,
        checks.check_middleware,
        checks.check_time,
        checks.check_urls,
    ):
        assert ids(check(None)) == []


def test_a_missing_context_processor(settings):
    templates = [{**settings.TEMPLATES[0], "OPTIONS": {"context_processors": []}}]
    settings.TEMPLATES = templates
    found = checks.check_context_processors(None)
    assert ids(found) == ["cse_core.E001"] * 4
    assert "wagtail_cse.core.context_processors.cse" in found[3].hint


def test_a_base_template_that_does_not_exist(settings):
    settings.WAGTAIL_CSE_BASE_TEMPLATE = "no/such.html"
    assert ids(checks.check_base_template(None)) == ["cse_core.E002"]


def test_middleware_missing_or_too_early(settings):
    complete = list(settings.MIDDLEWARE)
    settings.MIDDLEWARE = [name for name in complete if name not in (checks.LOCALE, checks.PREFERENCES)]
    assert ids(checks.check_middleware(None)) == ["cse_core.E003", "cse_core.W001"]
    settings.MIDDLEWARE = [checks.PREFERENCES, *(name for name in complete if name != checks.PREFERENCES)]
    assert ids(checks.check_middleware(None)) == ["cse_core.E004"]


def test_time_zones_switched_off(settings):
    settings.USE_TZ = False
    assert ids(checks.check_time(None)) == ["cse_core.E005"]


def test_addresses_left_out(settings):
    settings.ROOT_URLCONF = "tests.core.test_own"
    assert ids(checks.check_urls(None)) == ["cse_core.E006", "cse_core.W002"]


def test_a_sign_in_page_that_only_wagtails_last_pattern_takes(settings):
    settings.LOGIN_URL = "/en/accounts/login/"
    assert ids(checks.check_urls(None)) == ["cse_core.W002"]


@pytest.mark.parametrize(("language", "title"), [("en", "Nothing here"), ("tr", "Burada bir şey yok")])
def test_not_found_says_nothing_of_the_request_or_the_person(language, title):
    requests = [RequestFactory().get("/en/a/"), RequestFactory().get("/en/quite/another/?x=1")]
    with translation.override(language):
        first, second = (
            render_to_string(
                "wagtail_cse/errors/404.html",
                {"exception": Http404(f"secret {number}"), "request_path": request.path},
                request,
            )
            for number, request in enumerate(requests)
        )
    assert first == second
    assert f"<h1>{title}</h1>" in first
    assert "secret" not in first
    assert "csrf" not in first


def test_forbidden_says_the_domains_own_sentence():
    html = render_to_string(
        "wagtail_cse/errors/403.html",
        {"exception": str(NotAllowed("Only a coordinator can end a partnership."))},
        RequestFactory().get("/en/a/"),
    )
    assert "Only a coordinator can end a partnership." in html


def test_the_page_for_our_own_mistakes_needs_neither_database_nor_request():
    html = engines["django"].get_template("wagtail_cse/errors/500.html").render()
    assert "What you had saved is safe." in html
