"""The elements: rendered with real data, marked up for everybody."""

import datetime as dt
import itertools
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from wagtail_cse.core import icons, places, slots, times
from wagtail_cse.core.views.gallery import DemoForm, elements

NOON = dt.datetime(2026, 11, 27, 15, 0, tzinfo=dt.UTC)


def render(source, **context):
    request = context.pop("request", None)
    return engines["django"].from_string("{% load cse %}" + source).render(context, request)


@pytest.mark.django_db
def test_the_page_of_elements_shows_them_all():
    request = RequestFactory().get("/en/cse/elements/")
    request.user = get_user_model()(email="defne@example.org", first_name="Defne")
    html = elements(request).content.decode()
    assert html.count("<h1") == 1
    for piece in ("cse-next-wait", "cse-stage-now", "cse-signatures__open", "cse-thread-on", "cse-field-bad"):
        assert piece in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_every_icon_is_drawn_and_silent():
    for name in [*icons.symbols(), "back"]:
        assert 'aria-hidden="true"' in icons.icon(name)
    assert 'role="img" aria-label="Print"' in icons.icon("print", "Print")
    assert "cse-icon-dir" in icons.icon("next")
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")


def test_the_mark_escapes_and_wears_its_colour():
    class Party:
        name, initials, colour, shape = "<b>", "<i>", 7, "hex"

    html = render("{% cse_mark party 'l' %}", party=Party())
    assert html == '<span class="cse-mark cse-mark-hex cse-mark-l cse-c7" aria-hidden="true">&lt;i&gt;</span>'


def test_a_field_with_a_mistake_names_it_for_everybody():
    form = DemoForm({"name": "A", "number": "", "languages": ["tr"]})
    html = render(
        '{% include "wagtail_cse/elements/errors_summary.html" %}'
        '{% include "wagtail_cse/elements/form_field.html" with field=form.number %}'
        '{% include "wagtail_cse/elements/form_field.html" with field=form.name %}',
        form=form,
    )
    assert '<a href="#id_number">Registry number: Write the registry number, or choose “not registered”</a>' in html
    assert re.search(r'<input[^>]+aria-describedby="id_number_error"[^>]+id="id_number"', html)
    assert 'id="id_number_error"' in html
    assert re.search(r'<input[^>]+aria-describedby="id_name_helptext"', html)
    assert 'value="A"' in html


def test_choices_are_a_group_with_a_legend():
    html = render('{% include "wagtail_cse/elements/form_field.html" with field=form.languages %}', form=DemoForm())
    assert "<legend>Working languages</legend>" in html
    assert html.count('class="cse-choice"') == 3


def test_a_moment_on_two_clocks():
    now = dt.datetime(2026, 11, 24, 12, 0, tzinfo=dt.UTC)
    import time_machine
    from django.utils import timezone

    with time_machine.travel(now), timezone.override("Europe/Istanbul"):
        with translation.override("en"):
            assert times.moment_words(NOON, "Europe/Rome") == "Friday 27 November, 18:00 in Istanbul (16:00 in Rome)"
            assert times.moment_words(NOON, "Europe/Istanbul") == "Friday 27 November, 18:00"
            assert times.moment_words(NOON, "Asia/Amman") == "Friday 27 November, 18:00"
            assert times.moment_words(NOON, "Pacific/Auckland") == (
                "Friday 27 November, 18:00 in Istanbul (Saturday 28 November, 04:00 in Auckland)"
            )
            assert times.ago_words(now - dt.timedelta(minutes=40)) == "today, 14:20"
            assert times.ago_words(now - dt.timedelta(days=1)) == "yesterday, 15:00"
            assert times.ago_words(now - dt.timedelta(days=3)) == "Saturday, 15:00"
            assert times.ago_words(now - dt.timedelta(days=30)) == "25 October, 15:00"
            assert times.day_words(dt.date(2027, 2, 9)) == "9 February 2027"
        with translation.override("tr"):
            assert times.moment_words(NOON, "Europe/Rome") == (
                "27 Kasım Cuma, İstanbul saatiyle 18:00 (Roma saatiyle 16:00)"
            )
            assert times.ago_words(now - dt.timedelta(days=1)) == "dün 15:00"
        html = render("{% cse_date when zone='Europe/Rome' %}", when=NOON)
    assert html.startswith('<time datetime="2026-11-27T15:00Z">')


def test_zones_for_a_select_are_places():
    with translation.override("tr"):
        (label, near), *others = places.zone_choices(NOON)
    assert label == "Yakın çevre"
    assert ("Europe/Istanbul", "İstanbul (UTC+03:00)") in near
    assert {"Europe", "Avrupa"} & {str(group) for group, _ in others}
    every = {zone for _, rows in [(label, near), *others] for zone, _ in rows}
    assert "Turkey" not in every
    assert len(every) > 350


@pytest.mark.django_db
def test_slots_show_parts_in_order_and_leave_out_who_has_nothing():
    slots.register("a_test", "wagtail_cse/elements/facts.html", lambda context: {"facts": context["mine"]}, order=2)
    slots.register("a_test", "wagtail_cse/elements/note.html", lambda context: {"text": "First <"}, order=1)
    slots.register("a_test", "wagtail_cse/elements/tabs.html", lambda context: None)
    try:
        html = render('{% cse_slot "a_test" %}|{{ facts }}', mine=[{"label": "L", "text": "T"}])
    finally:
        for name in ("facts", "note", "tabs"):
            slots.unregister("a_test", f"wagtail_cse/elements/{name}.html")
    assert html.index("First &lt;") < html.index("<dt>L</dt>")
    assert html.endswith("|")
    assert "cse-tabs" not in html
    assert render('{% cse_slot "a_test" %}') == ""


@pytest.mark.parametrize(
    ("visibility", "kind", "icon", "words"),
    [
        ("public", "partnership", "globe", "Everyone"),
        ("network", "partnership", "network", "Members of the network"),
        ("members", "partnership", "partners", "Only the partners"),
        ("members", "organisation", "lock", "Only the people in it"),
        ("secret", "partnership", "lock", "Only the people in it, listed nowhere"),
    ],
)
def test_the_visibility_mark_of_a_space(visibility, kind, icon, words):
    from wagtail_cse.access.models import Space

    space = Space(title="X", kind=kind, visibility=visibility)
    html = render("{% cse_visibility space %}", space=space)
    assert icons.symbols()[icon] in html
    assert words in html


def test_pagination_keeps_the_question():
    from django.core.paginator import Paginator

    request = RequestFactory().get("/x/?q=ekmek&page=4")
    request.user = AnonymousUser()
    html = render(
        '{% include "wagtail_cse/elements/pagination.html" %}',
        page_obj=Paginator(range(200), 10).page(4),
        request=request,
    )
    assert '<a rel="next" href="?q=ekmek&amp;page=5">' in html
    assert '<span aria-current="page">4</span>' in html
    assert html.count("…") == 2


def test_fingerprints_are_read_in_groups():
    html = render('{% include "wagtail_cse/elements/fingerprint.html" %}', fingerprint="9c417be203fa")
    assert "9c41 7be2 03fa" in html
