"""Small Yjs clients for tests: a document, and its frames over HTTP or a WebSocket."""

import contextlib
import json
import secrets

from pycrdt import Doc, XmlElement, XmlText

from wagtail_cse.coedit import tree as t
from wagtail_cse.coedit import wire
from wagtail_cse.coedit.inspection import Reader


class Editor:
    """A Yjs document and the updates that its owner has made and nobody has confirmed yet."""

    def __init__(self, client=None):
        self.client = client or secrets.randbits(32)
        self.doc = Doc(client_id=self.client)
        t.root(self.doc)
        self.outbox = []

    @contextlib.contextmanager
    def editing(self):
        made = []
        subscription = self.doc.observe(lambda event: made.append(event.update))
        with self.doc.transaction():
            yield t.root(self.doc)
        self.doc.unobserve(subscription)
        self.outbox += made

    def type(self, text, block=1, at=None):
        """Type into the text of a block (byte position; default: at its end); returns the update."""
        with self.editing() as root:
            element = root.children[block]
            if not len(element.children):
                element.children.append(XmlText())
            ytext = element.children[0]
            ytext.insert(len(ytext) if at is None else at, text)
        return self.outbox[-1]

    def add_paragraph(self, text, at=None):
        with self.editing() as root:
            element = XmlElement("paragraph", {"bid": t.new_bid()})
            root.children.insert(len(root.children) if at is None else at, element)
            ytext = XmlText()
            element.children.append(ytext)
            ytext.insert(0, text)
        return self.outbox[-1]

    def delete_block(self, index):
        with self.editing() as root:
            del root.children[index]
        return self.outbox[-1]

    @property
    def tree(self):
        return t.from_doc(self.doc)

    @property
    def text(self):
        from wagtail_cse.coedit.render import to_text

        return to_text(self.tree)

    def read(self, body):
        """Take in the frames of an answer; returns [(kind, data)] of everything that is not text."""
        rest = []
        reader = Reader(body)
        while reader.at < reader.size:
            kind = reader.uint()
            if kind == wire.SYNC:
                step, data = reader.uint(), reader.buffer()
                if step == wire.STEP_1:
                    rest.append((kind, data))
                else:
                    self.doc.apply_update(data)
            elif kind == wire.ACK:
                rest.append((kind, reader.uint()))
            else:
                rest.append((kind, reader.buffer()))
        return rest

    def ask(self):
        return wire.sync(wire.STEP_1, self.doc.get_state())


class HttpEditor(Editor):
    def __init__(self, django_client, document, client=None):
        super().__init__(client)
        self.http = django_client
        self.url = f"/en/cse/coedit/{document.uuid}/sync/"
        self.since = -1

    def post(self, body=b"", **query):
        query = "&".join(f"{name}={value}" for name, value in {"since": self.since, **query}.items())
        return self.http.post(f"{self.url}?{query}", data=body, content_type="application/octet-stream")

    def exchange(self):
        """Send what waits and take in the answer."""
        body = b"".join(wire.sync(wire.UPDATE, update) for update in self.outbox)
        if self.since < 0:
            body = self.ask() + body
        response = self.post(body)
        assert response.status_code == 200, (response.status_code, response.content)
        self.outbox.clear()
        self.since = int(response["X-Seq"])
        return self.read(response.content)


def awareness(client, clock, state):
    return wire.awareness([wire.Presence(client, clock, json.dumps(state).encode())])


def states_of(data):
    """{client: state} of an awareness message."""
    return {state.client: json.loads(state.state) for state in wire.read_awareness(data, limit=1000, max_state=8192)}
