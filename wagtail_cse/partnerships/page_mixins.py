"""What a page type needs to be the section of partnerships, or one workspace."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField


class PartnershipIndexPageMixin(models.Model):
    """The section. Its public face explains what partnerships are; it never lists one to somebody outside it."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link", "ol", "ul"])

    template = "wagtail_cse/partnerships/partnership_index.html"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .views.lists import list_context

        context = super().get_context(request, *args, **kwargs)
        context.update(list_context(request))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response


class WorkspacePageMixin(models.Model):
    """The private page of one partnership, in one language. Rights come from the partnership's Space."""

    partnership = models.ForeignKey(
        "cse_partnerships.Partnership",
        models.PROTECT,
        related_name="+",
        verbose_name=_("partnership"),
        editable=False,
    )

    template = "wagtail_cse/partnerships/workspace.html"

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .views.workspace import workspace_context

        context = super().get_context(request, *args, **kwargs)
        context.update(workspace_context(request, self.partnership, title=self.title))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().serve(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    # A site's own search lists what stands in the index, often without asking who reads: workspaces stay out of it.

    @classmethod
    def get_indexed_objects(cls) -> models.QuerySet:
        return cls.objects.none()

    def get_indexed_instance(self) -> None:
        return None

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list:
        return []


#: For `content_panels` of concrete types.
INDEX_PANELS = [FieldPanel("introduction")]
