"""The editor in real browsers against the real server, over WebSocket and over HTTP."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import factories
from wagtail_cse.access.actors import Actor
from wagtail_cse.coedit import state, tree
from wagtail_cse.coedit.actions import CreateDocument
from wagtail_cse.coedit.models import Thread, Update
from wagtail_cse.coedit.render import to_html, to_text

PASTED = Path(__file__).parent / "pasted"
SAVED = re.compile("All changes saved")
#: One red pixel.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)


def text_of_template():
    return tree.doc(
        tree.node("heading", "Issue", level=2, section="issue"),
        tree.node("paragraph", "In 2025 many people signed up to volunteer."),
        tree.node("heading", "Context", level=2, section="context"),
        tree.node("paragraph", "Both centres have fewer than six paid staff."),
        tree.node("heading", "Cost", level=2, section="cost"),
        tree.node("paragraph"),
    )


@pytest.fixture(scope="module")
def people(site):
    """Two organisations that write together, one person who may comment, one who may read."""
    defne, giulia = factories.user("defne"), factories.user("giulia")
    selin, omar = factories.user("selin"), factories.user("omar")
    kopru = factories.party("Köprü Derneği", defne, colour=1, shape="square")
    approdo = factories.party("Approdo Comune", giulia, colour=9)
    space = factories.space("Volunteers who stay")
    factories.grant(space, "editor", party=kopru)
    factories.grant(space, "editor", party=approdo)
    factories.grant(space, "commenter", user=selin)
    factories.grant(space, "observer", user=omar)
    return {"defne": defne, "giulia": giulia, "selin": selin, "omar": omar, "kopru": kopru, "space": space}


@pytest.fixture
def document(people):
    return CreateDocument(
        actor=Actor(people["defne"], people["kopru"]),
        space=people["space"],
        kind="test",
        title="After the first month",
        language="en",
        content=text_of_template(),
    ).execute()


@pytest.fixture
def open_editor(visitor, people, document):
    """`open_editor("defne", language="tr", websocket=False)`: a browser of that person on the document, ready."""

    def opened(name, language="en", websocket=True, wait=True, **more):
        page = visitor(user=people[name], language=language, **more)
        if not websocket:
            page.route_web_socket("**/socket/**", lambda socket: socket.close(code=1011))
        page.goto(f"/{language}/testapp/editor/{document.uuid}/")
        if wait:
            page.wait_for_selector(".cse-ed[data-ready]")
        return page

    return opened


def stored(document):
    return state.current_tree(document)


def surface(page):
    return page.locator("#text")


def content(page):
    """What the editor holds; the surface also shows the flags of cursors."""
    return page.evaluate("() => window.cseEditor.view.state.doc.toJSON()")


def put_cursor(page, text, at="end"):
    """The cursor at the start or end of the first block with this text, as a click there would."""
    page.evaluate(
        """([text, at]) => {
            const { view } = window.cseEditor
            let pos = null
            view.state.doc.descendants((node, p) => {
                if (pos !== null || !node.isTextblock || !node.textContent.includes(text)) return
                pos = at === 'end' ? p + 1 + node.content.size : p + 1
            })
            const Selection = view.state.selection.constructor
            view.focus()
            const place = Selection.near(view.state.doc.resolve(pos), at === 'end' ? -1 : 1)
            view.dispatch(view.state.tr.setSelection(place))
        }""",
        [text, at],
    )


def select_words(page, words):
    page.evaluate(
        """(words) => {
            const { view } = window.cseEditor
            let from = null
            view.state.doc.descendants((node, p) => {
                if (from !== null || !node.isText || !node.text.includes(words)) return
                from = p + node.text.indexOf(words)
            })
            const node = document.createRange()
            view.focus()
            const a = view.domAtPos(from), b = view.domAtPos(from + words.length)
            node.setStart(a.node, a.offset)
            node.setEnd(b.node, b.offset)
            const selection = document.getSelection()
            selection.removeAllRanges()
            selection.addRange(node)
        }""",
        words,
    )
    page.wait_for_function(
        "words => { const { from, to } = window.cseEditor.view.state.selection; return to - from === words.length }",
        arg=words,
    )


def saved(page):
    page.wait_for_function("() => window.cseEditor.provider.synced && window.cseEditor.provider.saved")
    expect(page.locator("#cse-saved")).to_contain_text(SAVED)


def paste(page, html, text=""):
    page.evaluate(
        """([html, text]) => {
            const data = new DataTransfer()
            data.setData('text/html', html)
            data.setData('text/plain', text)
            const options = { clipboardData: data, bubbles: true, cancelable: true }
            document.getElementById('text').dispatchEvent(new ClipboardEvent('paste', options))
        }""",
        [html, text],
    )


def die(page):
    """Leave the page as if the browser had died: what it would send on its way out is not sent."""
    page.evaluate("() => window.cseEditor.unsent.flush()")
    page.evaluate("() => { window.cseEditor.provider.leave = () => {} }")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")


# -- together --------------------------------------------------------------------------------------------------------


def test_two_people_type_at_once_and_see_the_same(open_editor, document):
    defne, giulia = open_editor("defne"), open_editor("giulia")
    put_cursor(defne, "In 2025")
    put_cursor(giulia, "Both centres")
    for number in range(12):
        defne.keyboard.type(f" d{number}")
        giulia.keyboard.type(f" g{number}")
    saved(defne)
    saved(giulia)
    expect(surface(defne)).to_contain_text("g11")
    expect(surface(giulia)).to_contain_text("d11")
    assert content(defne) == content(giulia)
    text = to_text(stored(document))
    assert " ".join(f"d{n}" for n in range(12)) in text
    assert " ".join(f"g{n}" for n in range(12)) in text
    assert set(Update.objects.filter(document=document).values_list("transport", flat=True)) >= {"ws"}


def test_undo_takes_back_only_ones_own_words(open_editor, document):
    defne, giulia = open_editor("defne"), open_editor("giulia")
    put_cursor(defne, "In 2025")
    defne.keyboard.type(" Written by Defne.")
    expect(surface(giulia)).to_contain_text("Written by Defne.")
    put_cursor(giulia, "Both centres")
    giulia.keyboard.type(" Written by Giulia.")
    expect(surface(defne)).to_contain_text("Written by Giulia.")
    defne.keyboard.press("Control+z")
    expect(surface(defne)).not_to_contain_text("Written by Defne.")
    expect(surface(giulia)).not_to_contain_text("Written by Defne.")
    expect(surface(giulia)).to_contain_text("Written by Giulia.")
    defne.locator("[data-command=redo]").click()
    expect(surface(giulia)).to_contain_text("Written by Defne.")


def test_names_and_cursors_come_from_the_server(open_editor):
    defne, giulia = open_editor("defne"), open_editor("giulia")
    put_cursor(giulia, "Both centres")
    giulia.keyboard.type(" Now.")
    here = defne.locator("#cse-here")
    expect(here).to_contain_text("Defne, you")
    expect(here).to_contain_text("Giulia, writing")
    expect(here).to_contain_text("Approdo Comune ·")
    caret = defne.locator("#text .cse-caret")
    expect(caret).to_have_count(1)
    expect(caret).to_have_attribute("aria-hidden", "true")
    expect(caret).to_have_class(re.compile(r"\bcse-c9\b"))
    expect(caret).to_contain_text("Approdo Comune · Giulia")
    expect(defne.locator("#cse-outline-list")).to_contain_text("Giulia is here")
    giulia.close()
    expect(caret).to_have_count(0)
    expect(here).not_to_contain_text("Giulia")


# -- nothing is lost -------------------------------------------------------------------------------------------------


def test_words_typed_without_a_connection_arrive(open_editor, document):
    defne, giulia = open_editor("defne"), open_editor("giulia")
    saved(defne)
    defne.context.set_offline(True)
    put_cursor(defne, "In 2025")
    defne.keyboard.type(" Typed offline.")
    expect(defne.locator("#cse-saved")).to_contain_text("Kept on this device")
    assert defne.locator("#cse-saved").get_attribute("role") == "status"
    put_cursor(giulia, "Both centres")
    giulia.keyboard.type(" Meanwhile.")
    expect(surface(defne)).not_to_contain_text("Meanwhile.")
    defne.context.set_offline(False)
    expect(surface(defne)).to_contain_text("Meanwhile.")
    saved(defne)
    expect(surface(giulia)).to_contain_text("Typed offline.")
    assert to_text(stored(document)).count("Typed offline.") == 1


def test_words_that_were_not_acknowledged_survive_a_reload(open_editor, document, site):
    page = open_editor("defne")
    saved(page)
    page.context.set_offline(True)
    put_cursor(page, "In 2025")
    page.keyboard.type(" Kept for later.")
    expect(page.locator("#cse-saved")).to_contain_text("Kept on this device")
    die(page)
    assert "Kept for later." not in to_text(stored(document))
    page.context.set_offline(False)
    page.goto(f"/en/testapp/editor/{document.uuid}/")
    expect(surface(page)).to_contain_text("Kept for later.")
    expect(page.locator("[data-cse-toasts]")).to_contain_text("has been added to the text")
    saved(page)
    assert to_text(stored(document)).count("Kept for later.") == 1
    left = page.evaluate(
        """() => new Promise(resolve => {
            const open = indexedDB.open('wagtail-cse-unsent')
            open.onsuccess = () => {
                const count = open.result.transaction('updates').objectStore('updates').count()
                count.onsuccess = () => resolve(count.result)
            }
        })"""
    )
    assert left == 0


def test_another_person_in_the_same_browser_does_not_send_them(open_editor, document, visitor, people):
    page = open_editor("defne")
    saved(page)
    page.context.set_offline(True)
    put_cursor(page, "In 2025")
    page.keyboard.type(" Private until sent.")
    die(page)
    page.context.set_offline(False)
    visitor.sign_in(page, people["giulia"])
    page.goto(f"/en/testapp/editor/{document.uuid}/")
    page.wait_for_selector(".cse-ed[data-ready]")
    put_cursor(page, "Both centres")
    page.keyboard.type(" By Giulia.")
    saved(page)
    expect(surface(page)).not_to_contain_text("Private until sent.")
    assert "Private until sent." not in to_text(stored(document))


def test_the_death_of_the_server_loses_nothing(open_editor, document, site, visitor):
    visitor.errors_expected = True
    page = open_editor("defne")
    put_cursor(page, "In 2025")
    page.keyboard.type(" Before the cut.")
    saved(page)
    site.kill()
    page.keyboard.type(" During the cut.")
    expect(page.locator("#cse-saved")).to_contain_text(re.compile("kept on this device", re.I))
    site.start()
    page.evaluate("() => window.cseEditor.provider.resume()")
    page.wait_for_function("() => window.cseEditor.provider.saved", timeout=40_000)
    assert to_text(stored(document)).count("Before the cut. During the cut.") == 1


def test_the_last_words_before_leaving_are_sent(open_editor, document):
    page = open_editor("defne", websocket=False)
    put_cursor(page, "In 2025")
    page.keyboard.type(" Last words.")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    other = open_editor("giulia")
    expect(surface(other)).to_contain_text("Last words.")
    assert to_text(stored(document)).count("Last words.") == 1


def test_signing_out_deletes_what_was_kept_on_the_device(open_editor, document):
    page = open_editor("defne")
    saved(page)
    page.context.set_offline(True)
    put_cursor(page, "In 2025")
    page.keyboard.type(" Only here.")
    die(page)
    page.context.set_offline(False)
    names = "async () => (await indexedDB.databases()).map(database => database.name)"
    page.goto("/en/cse/account/")
    assert page.evaluate(names) == ["wagtail-cse-unsent"]
    page.locator("details[data-cse-menu]", has=page.locator("[data-cse-signout]")).first.locator("summary").click()
    page.locator("[data-cse-signout] button:visible").first.click()
    page.wait_for_url(lambda url: not url.endswith("/account/"))
    page.goto("/en/cse/account/sign-in/")
    assert page.evaluate(names) == []


# -- over HTTP -------------------------------------------------------------------------------------------------------


def test_without_websockets_everything_goes_over_http(open_editor, document):
    defne = open_editor("defne", websocket=False)
    giulia = open_editor("giulia")
    expect(defne.locator("#cse-saved")).to_contain_text(SAVED)
    assert defne.evaluate("() => window.cseEditor.provider.transport") == "http"
    put_cursor(defne, "In 2025")
    defne.keyboard.type(" Over HTTP.")
    saved(defne)
    expect(surface(giulia)).to_contain_text("Over HTTP.")
    put_cursor(giulia, "Both centres")
    giulia.keyboard.type(" Over the socket.")
    expect(surface(defne)).to_contain_text("Over the socket.")
    assert content(defne) == content(giulia)
    assert "http" in set(Update.objects.filter(document=document).values_list("transport", flat=True))


def test_changing_the_transport_doubles_nothing(open_editor, document):
    page = open_editor("defne")
    put_cursor(page, "In 2025")
    page.keyboard.type(" One.")
    # The socket dies with words on their way, and stays dead.
    page.evaluate(
        """() => {
            const { provider } = window.cseEditor
            provider.socket.connect = () => {}
            provider.socket.ws.send = () => {}
        }"""
    )
    page.keyboard.type(" Two.")
    page.evaluate("() => { window.cseEditor.provider.socket.drop(); window.cseEditor.provider.polling.start() }")
    page.keyboard.type(" Three.")
    saved(page)
    assert to_text(stored(document)).count("One. Two. Three.") == 1


# -- content ---------------------------------------------------------------------------------------------------------


def test_table_callout_list_quote_link_and_marks(open_editor, document):
    page = open_editor("defne")
    put_cursor(page, "Both centres")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+b")
    page.keyboard.type("bold")
    page.keyboard.press("Control+b")
    page.keyboard.press("Control+i")
    page.keyboard.type(" slanted")
    page.keyboard.press("Control+i")
    page.keyboard.press("Control+k")
    dialog = page.locator("#cse-link")
    dialog.get_by_label("Words to show").fill("the report")
    dialog.get_by_label("Address").fill("javascript:alert(1)")
    dialog.get_by_role("button", name="Set the link").click()
    expect(dialog).to_contain_text("This address cannot be used")
    dialog.get_by_label("Address").fill("example.org/report")
    dialog.get_by_role("button", name="Set the link").click()
    expect(dialog).to_be_hidden()
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("- first")
    page.keyboard.press("Enter")
    page.keyboard.type("second")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("Careful")
    insert = page.locator(".cse-ed__insert")
    insert.locator("summary").click()
    insert.locator("[data-command=callout]").click()
    page.get_by_role("toolbar", name="Callout").get_by_role("button", name="Warning").click()
    insert.locator("summary").click()
    insert.locator("[data-command=table]").click()
    page.keyboard.type("Role")
    page.keyboard.press("Tab")
    page.keyboard.type("Hours")
    table = page.get_by_role("toolbar", name="Table")
    table.locator("summary", has_text="Column").click()
    table.get_by_role("button", name="Insert a column after").click()
    table.locator("summary", has_text="Row").click()
    table.get_by_role("button", name="Delete the row").click()
    saved(page)
    html = to_html(stored(document))
    assert "<p><strong>bold</strong><em> slanted</em>" in html
    assert '<a href="https://example.org/report">the report</a>' in html
    assert "<ul><li><p>first</p></li><li><p>second</p></li></ul>" in html
    assert '<aside class="cse-callout cse-callout-warning"><p>Careful</p></aside>' in html
    kinds = [block["type"] for block in stored(document)["content"]]
    assert kinds.count("table") == 1
    rows = next(block for block in stored(document)["content"] if block["type"] == "table")["content"]
    assert [len(row["content"]) for row in rows] == [4, 4]


def test_every_block_gets_its_own_id(open_editor, document):
    page = open_editor("defne")
    before = [block["attrs"]["bid"] for block in stored(document)["content"]]
    put_cursor(page, "Both centres")
    for word in ("one", "two", "three"):
        page.keyboard.press("Enter")
        page.keyboard.type(word)
    put_cursor(page, "In 2025", "start")
    page.keyboard.press("Enter")
    saved(page)
    raw = page.evaluate(
        """() => {
            const ids = []
            window.cseEditor.view.state.doc.forEach(node => ids.push([node.attrs.bid, node.textContent]))
            return ids
        }"""
    )
    ids = [bid for bid, _text in raw]
    assert all(re.fullmatch("[0-9a-f]{32}", bid) for bid in ids)
    assert len(set(ids)) == len(ids) == len(before) + 4
    assert set(before) <= set(ids)
    # The id stays with the words.
    assert {text: bid for bid, text in raw}["In 2025 many people signed up to volunteer."] == before[1]


def test_fixed_headings_stay(open_editor, document):
    page = open_editor("defne")
    put_cursor(page, "Context")
    page.keyboard.type("ual")
    expect(page.locator("[data-cse-toasts]")).to_contain_text("This heading belongs to the template")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type("All new.")
    saved(page)
    headings = [block for block in stored(document)["content"] if block["type"] == "heading"]
    assert [heading["attrs"]["section"] for heading in headings] == ["issue", "context", "cost"]
    assert [to_text(heading) for heading in headings] == ["Issue", "Context", "Cost"]
    text = to_text(stored(document))
    assert "volunteer" not in text
    assert "All new." in text


def test_typing_over_a_selection_across_fixed_headings(open_editor, document):
    page = open_editor("defne")
    page.evaluate(
        """() => {
            const { view } = window.cseEditor
            const at = (words) => {
                let pos
                view.state.doc.descendants((node, p) => {
                    if (node.isText && node.text.includes(words)) pos = p + node.text.indexOf(words)
                })
                return pos
            }
            const { tr, selection } = view.state
            view.focus()
            const TextSelection = Object.getPrototypeOf(selection).constructor
            view.dispatch(tr.setSelection(TextSelection.create(view.state.doc, at('many'), at('fewer'))))
        }"""
    )
    page.keyboard.type("X")
    saved(page)
    assert to_text(stored(document)) == "Issue\n\nIn 2025 X\n\nContext\n\nfewer than six paid staff.\n\nCost"


def test_paste_from_word(open_editor, document, visitor):
    page = open_editor("defne")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    put_cursor(page, "Both centres")
    page.keyboard.press("Enter")
    paste(page, (PASTED / "word.html").read_text())
    expect(page.locator("[data-cse-toasts]")).to_contain_text("Pictures of the pasted text were left out")
    saved(page)
    html = to_html(stored(document))
    assert "<h2>Gönüllü rehberi</h2>" in html
    assert "<p><strong>Kalın</strong> ve <em>eğik</em>, <strong>span kalın</strong>, İzmir’de.</p>" in html
    assert (
        "<ul><li><p>birinci madde</p><ol><li><p>alt madde</p></li></ol></li><li><p>ikinci madde</p></li></ul>" in html
    )
    assert "<blockquote><p>Bir alıntı</p></blockquote>" in html
    assert '<a href="https://example.org/rapor">rapor</a>, tuzak, <a href="https://example.org/x">ikinci</a>' in html
    assert "<td>Rol</td><td>Saat</td>" in html
    assert "<p>Son paragraf<sup>1</sup></p>" in html
    for bad in ("<img", "script", "taken over", "Mso", "o:p", "style", "iframe"):
        assert bad not in html
    assert "taken over" not in page.title()
    assert not [url for url in asked if "example.org" in url]


def test_paste_from_google_docs_and_libreoffice(open_editor, document):
    page = open_editor("defne")
    put_cursor(page, "Both centres")
    page.keyboard.press("Enter")
    paste(page, (PASTED / "google.html").read_text())
    put_cursor(page, "In 2025")
    page.keyboard.press("Enter")
    paste(page, (PASTED / "libreoffice.html").read_text())
    saved(page)
    html = to_html(stored(document))
    assert "<h2>Aims</h2><p>Plain, <strong>bold</strong><em> slanted</em><s> gone</s></p>" in html
    assert "<ul><li><p>first</p><ul><li><p>inner</p></li></ul></li><li><p>second</p></li></ul>" in html
    assert (
        "<h3>Bütçe</h3><p><strong>Toplam</strong> altı bin</p><ol><li><p>bir</p></li><li><p>iki</p></li></ol>" in html
    )


def test_image_with_and_without_a_description(open_editor, document):
    page = open_editor("defne")
    put_cursor(page, "Both centres")
    insert = page.locator(".cse-ed__insert")
    insert.locator("summary").click()
    insert.locator("[data-command=image]").click()
    dialog = page.locator("#cse-image")
    dialog.get_by_label("File").set_input_files({"name": "photo.png", "mimeType": "image/png", "buffer": PNG})
    dialog.get_by_role("button", name="Put it into the text").click()
    expect(dialog).to_contain_text("Describe the image in words")
    dialog.get_by_label("What is to be seen").fill("A red point")
    dialog.get_by_label("Caption").fill("Basmane, 2025")
    dialog.get_by_role("button", name="Put it into the text").click()
    expect(dialog).to_be_hidden()
    image = page.locator("#text figure img")
    expect(image).to_have_attribute("alt", "A red point")
    page.wait_for_function("() => document.querySelector('#text figure img').naturalWidth === 1")
    expect(page.locator("#text figcaption")).to_have_text("Basmane, 2025")
    page.get_by_role("button", name="Describe the image").click()
    dialog.get_by_label("The image is only decoration").check()
    dialog.get_by_role("button", name="Put it into the text").click()
    expect(image).to_have_attribute("alt", "")
    saved(page)
    block = next(block for block in stored(document)["content"] if block["type"] == "image")
    assert block["attrs"]["decorative"] is True
    assert block["attrs"]["caption"] == "Basmane, 2025"
    assert document.images.count() == 1


# -- comments --------------------------------------------------------------------------------------------------------


def test_comment_answer_settle_and_open_again(open_editor, document):
    defne, giulia = open_editor("defne"), open_editor("giulia")
    select_words(giulia, "fewer than six")
    giulia.keyboard.press("Control+Alt+m")
    field = giulia.locator("#cse-new-comment")
    expect(field).to_be_focused()
    field.fill("For us it is four.")
    giulia.locator("#cse-threads").get_by_role("button", name="Comment", exact=True).click()
    thread = defne.locator("#cse-threads .cse-thread")
    expect(thread).to_contain_text("For us it is four.")
    expect(thread).to_contain_text("Approdo Comune · Giulia")
    expect(thread).to_contain_text("Your answer is asked")
    expect(giulia.locator("#cse-threads")).not_to_contain_text("Your answer is asked")
    expect(defne.locator("#text .cse-anchor")).to_have_text("fewer than six")
    # The anchor moves with its words.
    put_cursor(defne, "Both centres", "start")
    defne.keyboard.type("Today: ")
    expect(giulia.locator("#text .cse-anchor")).to_have_text("fewer than six")
    thread.get_by_role("button", name="Answer").click()
    thread.get_by_label("Answer as Köprü Derneği").fill("Then let us write five.")
    thread.get_by_role("button", name="Answer").click()
    expect(giulia.locator("#cse-threads")).to_contain_text("Then let us write five.")
    giulia.locator("#cse-threads").get_by_role("button", name="Settled").click()
    expect(defne.locator("#text .cse-anchor")).to_have_count(0)
    settled = defne.locator("#cse-threads details")
    expect(settled).to_contain_text("1 settled comment")
    settled.locator("summary").click()
    expect(settled).to_contain_text("Settled by Approdo Comune · Giulia")
    settled.get_by_role("button", name="Open again").click()
    expect(giulia.locator("#text .cse-anchor")).to_have_text("fewer than six")
    row = Thread.objects.get(document=document)
    assert [comment.body for comment in row.comments.all()] == ["For us it is four.", "Then let us write five."]
    assert row.resolved_at is None


def test_a_comment_whose_words_are_gone_stays_with_its_quote(open_editor):
    page = open_editor("defne")
    select_words(page, "fewer than six")
    page.locator("[data-command=comment]").click()
    page.locator("#cse-new-comment").fill("Is that so?")
    page.locator("#cse-threads").get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#text .cse-anchor")).to_have_text("fewer than six")
    select_words(page, "fewer than six")
    page.keyboard.press("Delete")
    threads = page.locator("#cse-threads")
    expect(threads).to_contain_text("Their words are no longer in the text")
    expect(threads).to_contain_text("fewer than six")
    expect(threads).to_contain_text("Is that so?")


# -- rights ----------------------------------------------------------------------------------------------------------


def test_an_observer_reads_and_changes_nothing(open_editor, document):
    page, defne = open_editor("omar"), open_editor("defne")
    expect(page.locator("#cse-saved")).to_contain_text("You can read, not write")
    expect(page.locator(".cse-ed__tools")).to_have_count(0)
    before = Update.objects.filter(document=document).count()
    surface(page).click()
    page.keyboard.type("Not mine to write")
    page.evaluate("() => window.cseEditor.view.dispatch(window.cseEditor.view.state.tr.insertText('forced', 1))")
    put_cursor(defne, "In 2025")
    defne.keyboard.type(" x")
    saved(defne)
    expect(surface(page)).to_contain_text("volunteer. x")
    assert "Not mine" not in to_text(stored(document))
    assert "forced" not in to_text(stored(document))
    assert Update.objects.filter(document=document).count() <= before + 2


def test_a_commenter_comments_and_does_not_write(open_editor, document):
    page = open_editor("selin")
    expect(page.locator("#cse-saved")).to_contain_text("You can read and comment, not write")
    expect(page.locator("[data-command=bold]")).to_have_count(0)
    surface(page).click()
    page.keyboard.type("Not mine to write")
    expect(surface(page)).not_to_contain_text("Not mine")
    select_words(page, "six paid staff")
    page.locator("[data-command=comment]").click()
    page.locator("#cse-new-comment").fill("Since when?")
    page.locator("#cse-threads").get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#text .cse-anchor")).to_have_text("six paid staff")
    assert Thread.objects.get(document=document).comments.get().body == "Since when?"


def test_a_right_that_ends_leaves_the_words_to_their_author(open_editor, document, people, visitor):
    from wagtail_cse.access.actions import RevokeRole
    from wagtail_cse.access.models import Grant

    visitor.errors_expected = True
    tamara = factories.user("tamara")
    grant = factories.grant(people["space"], "editor", user=tamara)
    factories.grant(people["space"], "observer", user=tamara)
    people["tamara"] = tamara
    page = open_editor("tamara")
    put_cursor(page, "In 2025")
    page.keyboard.type(" Saved.")
    saved(page)
    page.context.set_offline(True)
    page.keyboard.type(" Too late.")
    grant = Grant.objects.get(pk=grant.pk)
    RevokeRole(actor=None, grant=grant).execute()
    page.context.set_offline(False)
    expect(page.locator("#cse-notes")).to_contain_text("You can no longer write in this text.")
    expect(page.locator("#cse-notes textarea")).to_have_value(re.compile("Too late."))
    expect(surface(page)).to_have_attribute("contenteditable", "false")
    text = to_text(stored(document))
    assert "Saved." in text
    assert "Too late." not in text


def test_signing_out_elsewhere_says_so_and_keeps_the_words(open_editor, document, visitor):
    visitor.errors_expected = True
    page = open_editor("defne")
    saved(page)
    page.context.clear_cookies()
    page.evaluate("() => window.cseEditor.provider.socket.drop()")
    put_cursor(page, "In 2025")
    page.keyboard.type(" After sign-out.")
    expect(page.locator("#cse-notes")).to_contain_text("You are signed out.")
    link = page.locator("#cse-notes").get_by_role("link", name="Sign in")
    assert f"next=%2Fen%2Ftestapp%2Feditor%2F{document.uuid}" in link.get_attribute("href")


# -- keyboard, screen reader, languages ------------------------------------------------------------------------------


def test_escape_leads_to_the_toolbar_and_back(open_editor):
    page = open_editor("defne")
    put_cursor(page, "In 2025")
    page.keyboard.press("Escape")
    name = "() => document.activeElement.textContent.trim()"
    assert "Paragraph" in page.evaluate(name)
    page.keyboard.press("ArrowRight")
    assert "Bold" in page.evaluate(name)
    page.keyboard.press("ArrowRight")
    assert "Italic" in page.evaluate(name)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(name) == "Paragraph"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(name) == "Heading"
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(surface(page)).to_be_focused()
    # One tab stop.
    assert page.locator(".cse-ed__tools [tabindex='0']:visible").count() == 1
    bold = page.locator("[data-command=bold]")
    expect(bold).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Control+b")
    expect(bold).to_have_attribute("aria-pressed", "true")


def test_accessibility(open_editor, axe):
    page = open_editor("defne")
    select_words(page, "fewer than six")
    page.locator("[data-command=comment]").click()
    page.locator("#cse-new-comment").fill("One")
    axe(page)
    page.locator("#cse-threads").get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#text .cse-anchor")).to_have_count(1)
    axe(page)
    page.emulate_media(color_scheme="dark")
    axe(page)


def test_accessibility_of_the_dialogs_and_on_a_phone(open_editor, axe):
    page = open_editor("defne", width=360, height=740)
    axe(page)
    page.locator(".cse-ed__insert summary").click()
    axe(page)
    page.locator(".cse-ed__insert [data-command=image]").click()
    axe(page, within="#cse-image")


def test_sheets_on_a_phone_hold_the_focus(open_editor):
    page = open_editor("defne", width=360, height=740)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 360
    opener = page.locator(".cse-ed__dock a[href='#comments']")
    opener.click()
    sheet = page.locator("#comments")
    expect(sheet).to_be_visible()
    expect(sheet).to_have_attribute("aria-modal", "true")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.getElementById('comments').contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    page.locator(".cse-ed__dock a[href='#people']").click()
    expect(page.locator("#cse-people-list")).to_contain_text("Köprü Derneği · Defne, you")


def test_turkish(open_editor, document, shot):
    page = open_editor("defne", language="tr")
    expect(page.locator("#cse-saved")).to_contain_text("Her şey kaydedildi")
    expect(page.locator("#cse-here")).to_contain_text("Defne, siz")
    expect(page.get_by_role("toolbar", name="Biçimlendirme").get_by_role("button", name="Kalın")).to_be_visible()
    expect(page.locator("#cse-threads")).to_contain_text("Henüz yorum yok.")
    expect(page.locator("#cse-outline-list")).to_contain_text("henüz boş")
    # The text keeps its own language.
    expect(surface(page)).to_have_attribute("lang", "en")
    expect(surface(page)).to_have_attribute("spellcheck", "true")
    words = page.locator(".cse-ed").inner_text()
    for english in ("Paragraph", "Comment", "Outline", "saved", "Insert", "Versions"):
        assert english not in words


def test_the_text_is_there_without_javascript(open_editor, document):
    page = open_editor("defne", javascript=False, wait=False)
    expect(surface(page)).to_contain_text("Both centres have fewer than six paid staff.")
    link = page.get_by_role("link", name="Change “Context”")
    assert link.get_attribute("href").startswith(f"/en/cse/coedit/{document.uuid}/section/?section=")


def test_pictures(open_editor, people, shot):
    giulia = open_editor("giulia")
    put_cursor(giulia, "Both centres")
    giulia.keyboard.type(" They bring the language and the trust of the neighbourhood.")
    select_words(giulia, "fewer than six")
    giulia.locator("[data-command=comment]").click()
    giulia.locator("#cse-new-comment").fill("For us it is ten, we have one coordinator. Can we write “ten”?")
    giulia.locator("#cse-threads").get_by_role("button", name="Comment", exact=True).click()
    for language in ("en", "tr"):
        page = open_editor("defne", language=language)
        expect(page.locator("#text .cse-anchor")).to_have_count(1)
        page.locator("#cse-threads .cse-thread__pick").click()
        shot(page, "editor")
        page.close()
