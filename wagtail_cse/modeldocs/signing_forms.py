from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Licence


class OpenSignOffForm(forms.Form):
    name = forms.CharField(
        label=_("Name of this version"),
        max_length=120,
        required=False,
        help_text=_("For example “Final”. The number is given by itself."),
    )
    seen_head = forms.IntegerField(widget=forms.HiddenInput)


class SignForm(forms.Form):
    """The fingerprint on the screen travels with the signature: nobody signs a text he did not see."""

    sha256 = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    read = forms.BooleanField(
        label=_("I have read this version and sign it"),
        error_messages={"required": _("Please confirm that you have read this version before you sign.")},
    )


class PublishForm(forms.Form):
    licence = forms.ChoiceField(
        label=_("Licence"),
        choices=Licence.choices,
        initial=Licence.CC_BY_SA,
        help_text=_("What others may do with the text. It stands on the page and in every copy."),
    )
    summary = forms.CharField(
        label=_("In two sentences"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
        help_text=_("What a reader gets from this model document. It stands under the title and in search results."),
    )
    seen = forms.BooleanField(
        label=_("I have seen what becomes public, and to whom"),
        error_messages={"required": _("Please confirm that you have seen what becomes public.")},
    )
