from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale


class LocaleField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Locale) -> str:
        try:
            return str(get_language_info(obj.language_code)["name_translated"]).capitalize()
        except KeyError:
            return obj.language_code


class TranslatorForm(forms.Form):
    """A translator is named by the e-mail address of his account: no list of all people is shown."""

    email = forms.EmailField(label=_("E-mail address of the account"))
    locale = LocaleField(label=_("Translates into"), queryset=Locale.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["locale"].queryset = Locale.objects.order_by("language_code")

    def clean_email(self) -> str:
        model = get_user_model()
        field = model.get_email_field_name()
        address = self.cleaned_data["email"]
        self.user = model.objects.filter(**{f"{field}__iexact": address}, is_active=True).first()
        if self.user is None:
            raise forms.ValidationError(
                _("No active account has this address. Invite the person to an organisation first.")
            )
        return address


class StartForm(forms.Form):
    page = forms.IntegerField(min_value=1)
    locale = LocaleField(queryset=Locale.objects.all())
