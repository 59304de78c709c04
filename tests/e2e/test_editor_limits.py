"""Much text, many changes, a server that says "later": what the editor sends stays below every limit, and arrives."""

import pytest
from playwright.sync_api import expect

from tests.coedit.wsgi import wsgi_server
from tests.e2e.test_editor import (  # noqa: F401 - the fixtures
    document,
    open_editor,
    people,
    put_cursor,
    saved,
    stored,
    surface,
)
from wagtail_cse.coedit.models import Update
from wagtail_cse.coedit.render import to_text

#: Pastes `count` times 100 paragraphs of 2 kB, each paste one change.
PASTE_MUCH = """(count) => {
    const { view } = window.cseEditor
    const line = 'kâğıt '.repeat(250)
    for (let n = 0; n < count; n++) {
        const lines = Array.from({ length: 100 }, (_, i) => `<${n}-${i}> ${line}`)
        view.pasteText(lines.join('\\n\\n'))
    }
}"""


def marks_in(text, count):
    return [n for n in range(count) for i in range(100) if text.count(f"<{n}-{i}>") != 1]


@pytest.fixture
def sizes():
    """Collects the bytes of every request to `sync` of a page, and of every frame to the socket."""
    found = {"http": [], "ws": []}

    def watch(page):
        page.on(
            "request",
            lambda request: (
                found["http"].append(len(request.post_data_buffer or b"")) if "/sync/" in request.url else None
            ),
        )
        page.on("websocket", lambda ws: ws.on("framesent", lambda frame: found["ws"].append(len(frame))))
        return found

    return watch


@pytest.mark.parametrize("websocket", [True, False])
def test_a_long_day_without_a_connection_arrives(open_editor, document, sizes, websocket):  # noqa: F811
    page = open_editor("defne", websocket=websocket)
    saved(page)
    found = sizes(page)
    page.context.set_offline(True)
    put_cursor(page, "In 2025")
    page.evaluate(PASTE_MUCH, 15)
    length = page.evaluate("() => window.cseEditor.provider.journal.reduce((n, e) => n + e.update.length, 0)")
    assert length > 3 << 20, "the journal is larger than what the server takes in one request"
    page.context.set_offline(False)
    page.evaluate("() => window.cseEditor.provider.resume()")
    page.wait_for_function("() => window.cseEditor.provider.saved", timeout=90_000)
    assert page.evaluate("() => window.cseEditor.provider.stopped") is None
    assert marks_in(to_text(stored(document)), 15) == []
    assert max([*found["http"], *found["ws"]]) < 700_000


def test_what_was_left_on_the_device_after_many_changes_arrives(open_editor, document):  # noqa: F811
    """500 changes offline, the browser dies: the next session sends them, and is not taken for a flood."""
    page = open_editor("defne")
    saved(page)
    page.context.set_offline(True)
    put_cursor(page, "In 2025")
    page.evaluate(
        """async () => {
            const { view, unsent } = window.cseEditor
            for (let n = 0; n < 500; n++) view.dispatch(view.state.tr.insertText(` w${n}.`))
            await unsent.flush()
        }"""
    )
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    assert "w0." not in to_text(stored(document))
    page.context.set_offline(False)
    page.goto(f"/en/testapp/editor/{document.uuid}/")
    page.wait_for_selector(".cse-ed[data-ready]")
    expect(surface(page)).to_contain_text(" w499.")
    saved(page)
    assert page.evaluate("() => window.cseEditor.provider.stopped") is None
    text = to_text(stored(document))
    assert "".join(f" w{n}." for n in range(500)) in text
    assert Update.objects.filter(document=document).count() < 200


def test_a_huge_paste_is_refused_in_words_and_nothing_else_is_lost(open_editor, document):  # noqa: F811
    page = open_editor("defne")
    saved(page)
    put_cursor(page, "In 2025")
    page.keyboard.type(" Before.")
    page.evaluate("() => window.cseEditor.view.pasteText('kâğıt '.repeat(150000))")
    expect(page.locator("[data-cse-toasts]")).to_contain_text("Paste it in parts")
    expect(surface(page)).not_to_contain_text("kâğıt")
    page.keyboard.type(" After.")
    saved(page)
    assert to_text(stored(document)).count("volunteer. Before. After.") == 1


def test_a_change_larger_than_the_limit_is_sent_in_pieces(open_editor, document, sizes):  # noqa: F811
    """Taking back a deletion is one change, however long the text was."""
    page = open_editor("defne")
    found = sizes(page)
    saved(page)
    put_cursor(page, "In 2025")
    page.evaluate(PASTE_MUCH, 8)
    page.wait_for_function("() => window.cseEditor.provider.saved", timeout=60_000)
    page.wait_for_timeout(700)  # what happens within half a second is taken back together
    page.evaluate(
        """() => {
            const { view } = window.cseEditor
            const blocks = []
            view.state.doc.forEach((node, at) => {
                if (/^<[1-6]-/.test(node.textContent)) blocks.push([at, at + node.nodeSize])
            })
            view.dispatch(view.state.tr.delete(blocks[0][0], blocks.at(-1)[1]))
        }"""
    )
    page.wait_for_function("() => window.cseEditor.provider.saved", timeout=60_000)
    assert "<3-3>" not in to_text(stored(document))
    count = page.evaluate("() => window.cseEditor.provider.count")
    put_cursor(page, "Both centres")
    page.keyboard.press("Control+z")
    page.wait_for_function("count => window.cseEditor.provider.count > count", arg=count)
    page.wait_for_function("() => window.cseEditor.provider.saved", timeout=60_000)
    assert page.evaluate("() => window.cseEditor.provider.stopped") is None
    assert marks_in(to_text(stored(document)), 8) == []
    assert max([*found["http"], *found["ws"], 0]) < 700_000


def test_too_many_requests_means_later(open_editor, document):  # noqa: F811
    page = open_editor("defne", websocket=False)
    saved(page)
    told = []

    def later(route):
        told.append(route.request.url)
        route.fulfill(status=429, headers={"Retry-After": "2"}, body="")

    page.route("**/sync/**", later)
    put_cursor(page, "In 2025")
    page.keyboard.type(" Patient.")
    page.wait_for_function("() => window.cseEditor.provider.polling.heldUntil > Date.now()")
    page.wait_for_timeout(1000)
    page.keyboard.type(" Words.")
    page.wait_for_timeout(300)
    assert len(told) == 1
    assert page.evaluate("() => window.cseEditor.provider.stopped") is None
    page.unroute("**/sync/**")
    saved(page)
    assert to_text(stored(document)).count("Patient. Words.") == 1


def test_under_plain_wsgi(open_editor, document, visitor, people, site):  # noqa: F811
    """`runserver`: no WebSockets, everything over HTTP."""
    with wsgi_server() as url:
        page = visitor(user=people["defne"])
        page.goto(f"{url}/en/testapp/editor/{document.uuid}/")
        page.wait_for_selector(".cse-ed[data-ready]")
        saved(page)
        assert page.evaluate("() => window.cseEditor.provider.transport") == "http"
        put_cursor(page, "In 2025")
        page.keyboard.type(" Under WSGI.")
        saved(page)
        assert to_text(stored(document)).count("Under WSGI.") == 1
        page.goto("about:blank")
