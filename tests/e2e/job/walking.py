"""What every step of the walk uses: people, words in the language of the walk, browsers."""

import re

from django.contrib.auth import get_user_model

from tests.e2e.job.words import TURKISH

PASSWORD = "kirmizi-bisiklet-42"
SHORE = "Rıhtım Dayanışma Derneği"
DECLARATION = "Universal Declaration of Human Rights"
OFFICE = "Officina delle Lingue"
#: E-mail -> (name, organisation, role in it, language of the mails); None: the language of the walk.
PEOPLE = {
    "elif@example.org": ("Elif Karaca", SHORE, "Owner", "tr"),
    "mert@example.org": ("Mert Sezer", SHORE, "Representative", None),
    "chiara@example.org": ("Chiara Lo Presti", OFFICE, "Owner", "en"),
    "paolo@example.org": ("Paolo Riva", OFFICE, "Editor", None),
}
SLUGS = {SHORE: "rihtim-dayanisma-dernegi", OFFICE: "officina-delle-lingue"}
#: Words that no Turkish sentence holds.
ENGLISH = re.compile(
    r"\b(the|and|of|with|your|you|this|that|is|are|was|from|for|yet|version(?!-)|draft|sign|signed|save|saved|publish|"
    r"published|comment|everyone|people|language|languages|contents|nothing|open|search|found)\b",
    re.IGNORECASE,
)
#: The words of a page that are the interface's: without texts that say they are in another language.
OWN_WORDS = """() => {
    const main = document.querySelector('main').cloneNode(true)
    const own = document.documentElement.lang
    main.querySelectorAll('script, style, template, textarea, [data-foreign]').forEach(node => node.remove())
    main.querySelectorAll('[lang]').forEach(node => { if (node.lang !== own) node.remove() })
    return main.textContent.replace(/\\s+/g, ' ')
}"""
PATIENCE = 60_000


class Walk:
    """One walk: `language` is that of every screen; `notes` is what a step leaves for the next ones."""

    def __init__(self, site, visitor, axe, language):
        self.site, self.visitor, self.axe, self.language = site, visitor, axe, language
        self.notes = {}

    # -- words

    def say(self, english, **values):
        """The sentence of the interface in the language of the walk."""
        words = english if self.language == "en" else TURKISH[english]
        return words % values if values else words

    def url(self, path):
        return f"/{self.language}/cse/{path}"

    def other(self):
        return "tr" if self.language == "en" else "en"

    # -- browsers

    def user(self, email):
        return get_user_model().objects.get(email=email)

    def open(self, who=None, path="", **more):
        """A fresh browser of that person (an e-mail address; None: anybody) at `path` below /<language>/cse/."""
        page = self.visitor(user=self.user(who) if who else None, **{"language": self.language, **more})
        page.context.set_default_timeout(PATIENCE)
        if path is not None:
            page.goto(self.url(path))
        return page

    def field(self, page, english):
        """The control whose label begins with these words (a hint such as “(optional)” may follow)."""
        return page.get_by_label(re.compile(rf"^\s*{re.escape(self.say(english))}(?!\w)"))

    def press(self, page, english, exact=False, **values):
        page.get_by_role("button", name=self.say(english, **values), exact=exact).first.click()

    def see(self, page, english, **values):
        """Wait until the sentence is on the page."""
        page.get_by_text(self.say(english, **values)).first.wait_for()

    def inspect(self, page, accessible=True):
        """The screen speaks the language of the walk, and anybody can use it."""
        assert page.locator("html").get_attribute("lang") == self.language, page.url
        if self.language == "tr":
            # A sentence may quote the title of a text, which is in its own language.
            words = page.evaluate(OWN_WORDS).replace(DECLARATION, "")
            left = [words[max(0, m.start() - 40) : m.end() + 40] for m in ENGLISH.finditer(words)]
            assert not left, f"{page.url}: {left}"
        if accessible:
            self.axe(page)

    def leave_page(self, page):
        """Close the browser of one person."""
        self.visitor.contexts.remove(page.context)
        page.context.close()

    def leave(self):
        """Close all browsers of the step."""
        for context in self.visitor.contexts:
            context.close()
        self.visitor.contexts.clear()
        self.visitor.pages.clear()

    # -- mail

    def letter(self, email):
        """The newest message to that person, waited for."""
        return self.site.wait_for_mails(email, timeout=60)[-1]

    def link_in(self, letter):
        return re.search(r"https?://\S+", letter.get_body(("plain",)).get_content())[0]
