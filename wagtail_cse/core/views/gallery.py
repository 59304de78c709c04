"""The elements with invented content, in DEBUG only: to look at, to restyle, to check with axe.

Its words are for developers and stay English.
"""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wagtail_cse.core import icons

SHAPES = ("square", "round", "hex", "leaf", "arch", "oct", "drop", "round", "hex", "leaf", "arch", "oct")
INITIALS = ("YD", "PA", "KD", "SK", "TB", "OR", "MN", "AK", "LV", "ÇB", "NE", "ZT")


def party(name: str, initials: str, colour: int, shape: str) -> SimpleNamespace:
    return SimpleNamespace(name=name, initials=initials, colour=colour, shape=shape)


class DemoForm(forms.Form):
    name = forms.CharField(label="Name of the organisation", help_text="As in your statutes. Any alphabet.")
    number = forms.CharField(
        label="Registry number",
        error_messages={"required": "Write the registry number, or choose “not registered”"},
    )
    languages = forms.MultipleChoiceField(
        label="Working languages",
        choices=[("tr", "Türkçe"), ("el", "Ελληνικά"), ("ar", "العربية")],
        widget=forms.CheckboxSelectMultiple,
    )
    website = forms.URLField(label="Website", required=False)
    about = forms.CharField(label="What you do", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agree = forms.BooleanField(label="We accept the guidelines", help_text="Version 3, 12 May 2026", required=False)


def swatches() -> list[str]:
    return [
        *("paper", "raised", "sunken", "line", "line-2", "ink-2", "ink", "accent-soft", "accent", "accent-2"),
        *("turn-soft", "turn", "ok", "old", "auto", "bad", "bad-soft", "ins", "del", "hit"),
    ]


def steps(when: dt.datetime) -> list[dict[str, Any]]:
    return [
        {
            "id": "step-1",
            "state": "turn",
            "label": "Your turn, Yakamoz Derneği",
            "text": "Answer two comments on “First weeks”",
            "due": when,
            "zone": "Europe/Rome",
            "url": "#next",
            "action": "Open the comments",
        },
        {
            "id": "step-2",
            "state": "wait",
            "label": "Waiting for Porto Aperto",
            "text": "They read the draft by 4 December",
            "meta": "You will hear from us. Nothing is due from you here.",
        },
        {
            "id": "step-3",
            "state": "none",
            "label": "Nothing is due",
            "text": "The next date is the visit in Bari, 14 December",
        },
    ]


def text_parts(yakamoz: Any, porto: Any, when: dt.datetime) -> dict[str, Any]:
    """Threads, signatures, differences."""
    comments = [
        {"party": porto, "name": "Matteo", "when": when - dt.timedelta(days=2), "text": "For us it is ten days."},
        {"party": yakamoz, "name": "Defne", "when": when - dt.timedelta(hours=3), "text": "Then “within ten”."},
    ]
    actions = [{"label": "Answer", "url": "#thread", "quiet": True}, {"label": "Settled", "url": "#t", "quiet": True}]
    signatures = [
        {
            "party": porto,
            "state": "signed",
            "name": "Rosa Carofiglio",
            "mandate": "President",
            "when": when - dt.timedelta(days=1),
            "zone": "Europe/Rome",
            "note": "Signed version 4",
        },
        {"party": yakamoz, "state": "open", "note": "Your turn, by 12 February", "turn": True},
    ]
    parts = [
        {"kind": "same", "text": "Newcomers do nothing alone for "},
        {"kind": "del", "text": "six"},
        {"kind": "same", "text": " "},
        {"kind": "ins", "text": "eight", "colour": 9},
        {"kind": "same", "text": " weeks."},
    ]
    return {
        "thread": {"quote": "Within five days", "colour": 9, "on": True, "comments": comments, "actions": actions},
        "settled": {"settled": "Settled by Yakamoz Derneği · Baran, 19 November."},
        "signatures": signatures,
        "fingerprint": "9c417be203fa5d88e1c624b790ad6f139c417be203fa5d88e1c624b790ad6f13",
        "parts": parts,
    }


#: Lists, tables, facts, navigation.
LISTS: dict[str, Any] = {
    "items": [
        {
            "title": "Second visit, Bari",
            "url": "#list",
            "meta": "14 to 17 December, host: Porto Aperto",
            "status": {"kind": "ok", "label": "Confirmed by both"},
        },
        {
            "title": "First visit, İzmir",
            "url": "#list",
            "meta": "6 to 9 October",
            "status": {"kind": "work", "label": "Report open: Porto Aperto"},
        },
        {"title": "Book the travel", "url": "#list", "end": "by Wed 2 December", "turn": True},
    ],
    "empty": {
        "title": "No adaptations yet",
        "text": "The model was published nine days ago. Organisations that adapt it appear here if they agree.",
        "action": {"label": "Invite an organisation", "url": "#list"},
    },
    "stages": [
        {"label": "Opening", "note": "1–18 September", "state": "done"},
        {"label": "Visit in İzmir", "note": "6–9 October", "state": "done"},
        {"label": "Draft", "note": "until 4 December", "state": "now"},
        {"label": "Visit in Bari", "note": "14–17 December"},
        {"label": "Closing", "note": "26 February"},
    ],
    "tabs": [
        {"label": "Overview", "url": "#tabs", "current": True},
        {"label": "Visits", "url": "#tabs"},
        {"label": "Discussion", "url": "#tabs"},
    ],
    "text_languages": [
        {"code": "en", "name": "English", "current": True, "note": "original"},
        {"code": "tr", "name": "Türkçe", "url": "#tabs"},
        {"code": "it", "name": "Italiano", "url": "#tabs", "note": "older version"},
        {"code": "el", "name": "Ελληνικά", "missing": True},
    ],
    "columns": ["What", "Who", "By when"],
    "rows": [
        {
            "title": "Book the travel to Bari",
            "cells": [
                {"label": "Who", "text": "Yakamoz Derneği", "turn": True},
                {"label": "By when", "text": "Wed 2 December"},
            ],
        },
        {
            "title": "Write “Cost”",
            "url": "#table",
            "cells": [
                {"label": "Who", "text": "Porto Aperto · Giulia"},
                {"label": "By when", "text": "Mon 30 November"},
            ],
        },
    ],
    "facts": [
        {"label": "Founded", "text": "2011"},
        {"label": "Languages", "text": "Türkçe, English"},
        {"label": "Website", "text": "yakamoz.example", "url": "#facts"},
    ],
    "statuses": [
        {"kind": "ok", "label": "Current"},
        {"kind": "old", "label": "Out of date"},
        {"kind": "auto", "label": "Machine translation"},
        {"kind": "work", "label": "In work"},
        {"kind": "none", "label": "Not yet"},
        {"kind": "bad", "label": "Signature void"},
    ],
    "marks": [
        {"icon": "lock", "label": "Only Yakamoz Derneği"},
        {"icon": "partners", "label": "Only the two partners"},
        {"icon": "network", "label": "Members of the network"},
        {"icon": "globe", "label": "Everyone"},
        {
            "icon": "partners",
            "label": "Only the two partners and your mentor",
            "detail": "Seven people in two organisations, and Ayşe Demir as mentor until 28 February.",
            "url": "#vis",
            "url_label": "People and rights",
        },
    ],
}


def elements(request: HttpRequest) -> HttpResponse:
    """One page with every element in its states."""
    when = timezone.now() + dt.timedelta(days=3)
    yakamoz = party("Yakamoz Derneği", "YD", 1, "square")
    porto = party("Porto Aperto", "PA", 9, "round")
    parties = [
        party(f"Organisation {number}", initials, number, shape)
        for number, (initials, shape) in enumerate(zip(INITIALS, SHAPES, strict=True), start=1)
    ]
    bad = DemoForm({"name": "Ortak Bahçe Kadın Kooperatifi", "number": "", "languages": ["tr"]})
    context = {
        "icons": [*icons.symbols(), "back"],
        "swatches": swatches(),
        "parties": parties,
        "yakamoz": yakamoz,
        "porto": porto,
        "crumbs": [{"label": "Partnerships", "url": "#head"}, {"label": "Civil Exchange 2026–27"}],
        "actions": [{"label": "Edit", "url": "#head"}],
        "when": when,
        "steps": steps(when),
        "bad_form": bad,
        "page_obj": Paginator(range(200), 10).page(4),
        **LISTS,
        **text_parts(yakamoz, porto, when),
    }
    return render(request, "wagtail_cse/core/elements.html", context)
