from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NameVersionForm(forms.Form):
    name = forms.CharField(
        label=_("Name of this version"),
        max_length=120,
        help_text=_("For example “After the visit in İzmir”. The number is given by itself."),
        error_messages={"required": _("Give the version a name.")},
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is new in it, for those who were not there."),
    )
