from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SecretaryForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address of the person"),
        help_text=_("Somebody who has an account on this site. Members of the secretariat do not see workspaces."),
    )
