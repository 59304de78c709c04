from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from . import document_templates, importing, languages
from .drafting import TITLE_LENGTH


class StartForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        help_text=_("You can change it later."),
        error_messages={"required": _("Give the model document a title.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the text"),
        help_text=_("The headings are written in this language. Translation comes after signing."),
    )
    template = forms.ChoiceField(label=_("Headings"), widget=forms.RadioSelect)
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, language: str = "", **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("request_id", uuid.uuid4())
        self.initial.setdefault("language", language)
        offered = document_templates.offered()
        self.initial.setdefault("template", offered[0].name)
        self.fields["language"].choices = languages.choices()
        self.fields["template"].choices = [(one.name, f"{one.label}. {one.description}") for one in offered]


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A Word document (.docx) or a web page (.html). The file itself is not kept."),
        widget=forms.FileInput(attrs={"accept": importing.ACCEPT}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
            "missing": _("Choose a file."),
        },
        max_length=255,
    )
    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=_("If you leave this empty, the first heading of the file becomes the title."),
    )
    language = forms.ChoiceField(label=_("Language of the text"), required=False)
    request_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("request_id", uuid.uuid4())
        self.fields["language"].choices = [("", _("As the file says")), *languages.choices()]


class RenameForm(forms.Form):
    title = forms.CharField(
        label=_("Title"),
        max_length=TITLE_LENGTH,
        error_messages={"required": _("Give the model document a title.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the text"),
        help_text=_("Browsers check the spelling, and screen readers speak, in this language."),
    )
    seen_title = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        choices = languages.choices()
        current = self.initial.get("language", "")
        if current and current not in dict(choices):
            choices.append((current, languages.own_name(current, current)))
        self.fields["language"].choices = choices
