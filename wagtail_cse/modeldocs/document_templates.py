"""What a new model document starts with: fixed headings in the language of the text.

A site adds its own in `AppConfig.ready()`:

    from wagtail_cse.modeldocs import document_templates as templates
    templates.register(templates.DocumentTemplate("short", _("Short"), _("Two headings"), (templates.Section(...),)))

The keys of the sections (`heading.attrs.section`) are fixed for ever: reports, comparison and adaptation find a
section by its key, whatever its heading says and in whatever language it stands.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

#: Language of a heading for which a template has no words in the language of the text.
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class Section:
    """One fixed heading.

    `titles` is keyed by BCP 47 base tags and needs at least "en"; `prompt` is the question shown while the section
    is empty, in the language of the interface: it never becomes part of the text.
    """

    key: str
    titles: Mapping[str, str]
    prompt: Any = ""

    def title(self, language: str) -> str:
        """The heading in `language` (a BCP 47 tag), else in its base language, else in English."""
        base = language.split("-")[0]
        return self.titles.get(language) or self.titles.get(base) or self.titles[FALLBACK]


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """A named list of sections; `name` is stored with each document (at most 32 characters)."""

    name: str
    label: Any
    description: Any
    sections: tuple[Section, ...]

    def tree(self, language: str) -> dict[str, Any]:
        """A new document: each heading followed by one empty paragraph to write in."""
        content: list[dict[str, Any]] = []
        for section in self.sections:
            heading = {"type": "text", "text": section.title(language)}
            attrs = {"level": 2, "section": section.key, "bid": uuid.uuid4().hex}
            content.append({"type": "heading", "attrs": attrs, "content": [heading]})
            content.append({"type": "paragraph", "attrs": {"bid": uuid.uuid4().hex}})
        return {"type": "doc", "content": content}

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)


_templates: dict[str, DocumentTemplate] = {}


def register(template: DocumentTemplate) -> None:
    """Offer a template; one with the same name is replaced (a site may reword ours)."""
    _templates[template.name] = template


def get(name: str) -> DocumentTemplate | None:
    return _templates.get(name)


def offered() -> list[DocumentTemplate]:
    """All templates, in the order in which they were registered."""
    return list(_templates.values())


def recognise(tree: dict[str, Any]) -> None:
    """Give headings of level 2 that read like a template's heading, in any language, that section's key.

    For imported texts that were written on one of our templates; each key is given once. Changes `tree`.
    """
    keys = {
        title.casefold(): section.key
        for template in offered()
        for section in template.sections
        for title in section.titles.values()
    }
    for block in tree.get("content", ()):
        if block["type"] == "heading" and block["attrs"]["level"] == 2:
            words = "".join(part.get("text", "") for part in block.get("content", ())).strip().casefold()
            key = keys.get(words)
            if key:
                block["attrs"]["section"] = key
                keys = {title: name for title, name in keys.items() if name != key}


register(
    DocumentTemplate(
        "model",
        _("Model of good practice"),
        _("Nine headings: issue, context, steps, roles, tools, cost, risks, evidence, how to adapt."),
        (
            Section(
                "issue",
                {"en": "Issue", "tr": "Sorun", "el": "Το ζήτημα", "it": "Il problema"},
                _("Which problem do both of you have, and who feels it? One example says more than a definition."),
            ),
            Section(
                "context",
                {"en": "Context", "tr": "Bağlam", "el": "Το πλαίσιο", "it": "Il contesto"},
                _("Where do you work, with whom, and what is different in the two places?"),
            ),
            Section(
                "steps",
                {"en": "Steps", "tr": "Adımlar", "el": "Τα βήματα", "it": "I passi"},
                _("What do you do, in which order? Write so that somebody else could do it on Monday."),
            ),
            Section(
                "roles",
                {"en": "Roles", "tr": "Roller", "el": "Οι ρόλοι", "it": "I ruoli"},
                _("Who does what, and how many hours does it take?"),
            ),
            Section(
                "tools",
                {"en": "Tools", "tr": "Araçlar", "el": "Τα εργαλεία", "it": "Gli strumenti"},
                _("Forms, cards, rooms, programs: what does one need to begin?"),
            ),
            Section(
                "cost",
                {"en": "Cost", "tr": "Maliyet", "el": "Το κόστος", "it": "I costi"},
                _("What does it cost in money and in time, in both places?"),
            ),
            Section(
                "risks",
                {"en": "Risks", "tr": "Riskler", "el": "Οι κίνδυνοι", "it": "I rischi"},
                _("Whom could it harm, and what do you do so that it does not?"),
            ),
            Section(
                "evidence",
                {"en": "Evidence", "tr": "Kanıtlar", "el": "Τα στοιχεία", "it": "Le prove"},
                _("How do you know that it works? Numbers, voices, and what did not work."),
            ),
            Section(
                "adapt",
                {"en": "How to adapt", "tr": "Nasıl uyarlanır?", "el": "Πώς προσαρμόζεται", "it": "Come adattarlo"},
                _("What must another organisation keep, and what may it change?"),
            ),
        ),
    )
)
