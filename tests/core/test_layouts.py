import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import engines
from django.test import RequestFactory

PAGE = (
    '{% extends "wagtail_cse/layouts/page.html" %}{% block title %}Bread &amp; salt{% endblock %}'
    '{% block content %}<p id="mine">body</p>{% endblock %}{% block scripts %}<script src="/x.js"></script>'
    "{% endblock %}"
)


def render(source, path="/en/cse/", user=None, **context):
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request._messages = CookieStorage(request)
    return engines["django"].from_string(source).render(context, request)


@pytest.mark.django_db
def test_our_own_base_holds_our_block_once():
    html = render(PAGE)
    assert "<title>Bread &amp; salt · Tests</title>" in html
    assert html.count('<p id="mine">body</p>') == 1
    assert html.count("core/cse.css") == 1
    assert html.count("js/menu.js") == 1
    assert '<script src="/x.js"></script>' in html
    assert html.count("<h1") == 0
    assert html.index("cse-skip") < html.index('<main id="main"') < html.index('id="mine"')


@pytest.mark.django_db
def test_a_sites_base_with_the_same_block_names_keeps_our_wrapper(settings):
    settings.WAGTAIL_CSE_BASE_TEMPLATE = "foreignsite/base.html"
    html = render(PAGE)
    assert "FOREIGN HEADER" in html
    start = html.index('<div class="cse" lang="en" dir="ltr">')
    assert html.index("FOREIGN MAIN") < start < html.index('id="mine"') < html.index("FOREIGN FOOTER")
    assert html.count("core/cse.css") == 1
    assert "cse-skip" not in html
    assert "cse-bar" in html


@pytest.mark.django_db
def test_no_inline_script_or_style():
    html = render(PAGE)
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert "<script>" not in html
