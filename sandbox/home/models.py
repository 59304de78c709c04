"""The demo site's own page type: what an installing site has before it installs anything of ours."""

from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from wagtail_cse.core import sections


class HomePage(Page):
    lead = models.TextField(blank=True)

    template = "home/home_page.html"
    content_panels = [*Page.content_panels, FieldPanel("lead")]

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["models"] = newest("models", self)
        context["organisations"] = newest("organisations", self)
        return context


def newest(section: str, home: Page, count: int = 4) -> list[Page]:
    """The newest public pages of one of our sections, in this language."""
    model = sections.get(section).page_model
    if model is None:
        return []
    pages = model.objects.live().public().descendant_of(home)
    return list(pages.order_by("-first_published_at")[:count])
