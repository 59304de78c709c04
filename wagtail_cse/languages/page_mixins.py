"""What the pages of our sections do in several languages."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from . import localize


class WholeTranslationMixin:
    """A page that never goes live half translated.

    wagtail-localize fills strings that are not translated yet with the original ones, and can publish such a page in
    four places (submit, update, the editor, the page's own publish button). All end here.
    """

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from .parts import urls_in_languages

        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["cse_language_urls"] = urls_in_languages(self, request)
        return context

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        translation = localize.translation_of(self)
        if translation is not None and not localize.is_complete(translation):
            return None
        return super().publish(revision, *args, **kwargs)  # type: ignore[misc]


class FallbackIndexMixin:
    """A section page that shows a text in its own language, labelled, where it is not yet translated."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        try:
            return super().route(request, path_components)  # type: ignore[misc]
        except Http404:
            if len(path_components) != 1:
                raise
            original = self._original_with(path_components[0])
            if original is None:
                raise
        translated = original.get_translations().live().filter(locale=self.locale).first()  # type: ignore[attr-defined]
        if translated is not None:
            return RouteResult(self, kwargs={"moved_to": translated.get_url(request)})
        request.cse_fallback_for = self.locale.language_code  # type: ignore[attr-defined]
        return RouteResult(original.specific)

    def serve(self, request: HttpRequest, *args: Any, moved_to: str = "", **kwargs: Any) -> HttpResponse:
        if moved_to:
            return redirect(moved_to)
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]

    def _original_with(self, slug: str) -> Page | None:
        """The public page with that slug in the same section of another language."""
        siblings = self.get_translations().live().values_list("path", "depth")  # type: ignore[attr-defined]
        for path, depth in siblings:
            page = Page.objects.filter(path__startswith=path, depth=depth + 1, slug=slug).live().public().first()
            if page is not None:
                return page
        return None
