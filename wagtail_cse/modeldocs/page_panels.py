"""The signed text in the admin: nobody writes it in the page editor, a translator sees each part of it."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel

SIGNED_FIELD = "body"


class SignedTextPanel(FieldPanel):
    """Read-only, and yet a field of the form.

    The translation editor of wagtail-localize shows only parts of fields that the page's form has; `ModelPageForm`
    takes the field out of every form before anything is read from a request.
    """

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **{**kwargs, "read_only": True})

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": [self.field_name], "defer_required_on_fields": [self.field_name]}


class ModelPageForm(WagtailAdminPageForm):
    """A site with a form of its own for such pages derives it from this one."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields.pop(SIGNED_FIELD, None)
