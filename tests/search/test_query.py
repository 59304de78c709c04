"""Rights in the query, families of translations, and the page that shows them."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from tests import factories
from wagtail_cse.search import index, query, registry
from wagtail_cse.search.models import SearchDocument

WHEN = dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC)


class Shelf(registry.Source):
    """A source that gives what a test puts on it."""

    kind = "shelf"
    label = "Shelf"
    label_one = "Book"

    def __init__(self):
        self.books = {}

    def put(self, key, locale="en", *, title, body="", space=None, family=""):
        self.books[key] = registry.Entry(
            object_id=key,
            locale=locale,
            title=title,
            body=body,
            url=f"/books/{key}/",
            translation_key=family or key,
            space_id=space.pk if space else None,
            public=space is None,
            updated=WHEN,
        )

    def entries(self, object_ids=None):
        return [book for key, book in self.books.items() if object_ids is None or key in object_ids]


@pytest.fixture
def shelf(db, monkeypatch):
    source = Shelf()
    monkeypatch.setitem(registry._sources, source.kind, source)
    return source


def found(text, user=None, **kwargs):
    page = query.search(text, user or AnonymousUser(), locale=kwargs.pop("locale", "en"), **kwargs)
    return [hit.document.title for hit in page.hits], page


def test_a_private_text_is_found_by_its_people_only(shelf):
    defne, outsider = factories.user("defne"), factories.user("outsider")
    space = factories.space()
    factories.grant(space, "observer", user=defne)
    shelf.put("open", title="Volunteers in public")
    shelf.put("draft", title="Volunteers who stay", body="hidden words", space=space)
    index.rebuild(["shelf"])
    assert found("volunteer", defne)[0] == ["Volunteers in public", "Volunteers who stay"]
    for user in (outsider, AnonymousUser()):
        titles, page = found("volunteer", user)
        assert titles == ["Volunteers in public"]
        assert page.total == 1
        assert page.kinds == [("shelf", "Shelf", 1)]
        assert found("hidden", user)[1].total == 0


def test_a_right_that_ended_ends_in_the_next_search(shelf):
    defne = factories.user("defne")
    space = factories.space()
    grant = factories.grant(space, "editor", user=defne)
    shelf.put("draft", title="Volunteers who stay", space=space)
    index.rebuild(["shelf"])
    assert found("volunteers", defne)[1].total == 1
    grant.expires = WHEN - dt.timedelta(days=1)
    grant.save()
    assert found("volunteers", defne)[1].total == 0


def test_translations_are_one_hit_in_the_readers_language(shelf):
    shelf.put("a", "en", title="Working with refugees", family="f")
    shelf.put("b", "tr", title="Mültecilerle çalışmak", body="Gönüllüler için", family="f")
    index.rebuild(["shelf"])
    titles, page = found("mülteci", locale="en")
    assert titles == ["Working with refugees"]
    assert page.total == 1
    assert page.hits[0].others == [("tr", "/books/b/")]
    assert found("refugee", locale="tr")[0] == ["Mültecilerle çalışmak"]


def test_a_private_translation_is_not_named_beside_its_public_sibling(shelf):
    space = factories.space()
    shelf.put("a", "en", title="Working with refugees", family="f")
    shelf.put("b", "tr", title="Gizli çeviri", family="f", space=space)
    index.rebuild(["shelf"])
    assert found("refugees", locale="tr")[1].hits[0].others == []
    assert found("gizli", locale="tr")[1].total == 0


def test_what_is_gone_leaves_the_index(shelf):
    shelf.put("a", title="Letters")
    index.rebuild(["shelf"])
    del shelf.books["a"]
    index.refresh("shelf", ["a"])
    assert found("letters")[1].total == 0
    assert not SearchDocument.objects.filter(kind="shelf").exists()


@pytest.mark.parametrize("text", ['"', "*", "AND OR NOT", "'); DROP", "a' OR 'b", "   ", "\x00", "(((", "ş" * 5000])
def test_no_query_breaks_the_engine(shelf, text):
    shelf.put("a", title="Letters and words")
    index.rebuild(["shelf"])
    found(text)


def test_hits_are_marked_and_everything_is_escaped(shelf, client):
    shelf.put("a", title="<b>Letters</b>", body="The <script>alert(1)</script> letters of the town")
    index.rebuild(["shelf"])
    html = client.get("/en/cse/search/", {"q": "letters"}).content.decode()
    assert '&lt;b&gt;<mark class="cse-hit">Letters</mark>&lt;/b&gt;' in html
    assert "<script>alert" not in html


def test_the_turkish_page_speaks_turkish(shelf, client):
    html = client.get("/tr/cse/search/", {"q": "olmayan"}).content.decode()
    assert "Hiçbir şey bulunamadı." in html
    assert "Nothing found" not in html


def test_queries_do_not_grow_with_hits(shelf):
    defne = factories.user("defne")
    spaces = [factories.space(f"Space {n}") for n in range(10)]
    for space in spaces:
        factories.grant(space, "observer", user=defne)
    counts = []
    for total in (2, 30):
        for n in range(total):
            shelf.put(f"{n}", title=f"Volunteers {n}", space=spaces[n % 10])
        index.rebuild(["shelf"])
        with (
            translation.override("en"),
            CaptureQueriesContext(
                connection,
            ) as captured,
        ):
            assert found("volunteers", defne)[1].total == total
        counts.append(len(captured))
    assert counts[0] == counts[1]
