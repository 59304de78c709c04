"""wagtail-localize's "Sync translated pages", without publishing what is not whole."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from wagtail_localize.views.update_translations import UpdateTranslationsView

from . import localize
from .page_mixins import WholeTranslationMixin


class UpdateWholeTranslationsView(UpdateTranslationsView):
    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        wanted = form.cleaned_data["publish_translations"]
        if not wanted or not isinstance(self.object.get_source_instance(), WholeTranslationMixin):
            return super().form_valid(form)
        # Stock code would first write the mixture into the live page and then publish it.
        form.cleaned_data["publish_translations"] = False
        response = super().form_valid(form)
        for translation in self.object.translations.filter(enabled=True).select_related("source", "target_locale"):
            if localize.is_complete(translation):
                translation.save_target(user=self.request.user, publish=True)
        return response
