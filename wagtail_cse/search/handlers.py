"""Page changes reach the index in the transaction that makes them: what is hidden is hidden at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from . import index, pages


def refresh_pages(pks: Iterable[int]) -> None:
    pks = list(pks)
    for source in pages.page_sources():
        index.refresh(source.kind, pks)


def page_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    refresh_pages([instance.pk])


def tree_changed(sender: Any, instance: Page, **kwargs: Any) -> None:
    refresh_pages(Page.objects.descendant_of(instance, inclusive=True).values_list("pk", flat=True))


def restriction_changed(sender: Any, instance: PageViewRestriction, **kwargs: Any) -> None:
    tree_changed(sender, instance.page)


def page_deleted(sender: Any, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, Page):
        for source in pages.page_sources():
            index.remove(source.kind, [instance.pk])


def connect() -> None:
    page_published.connect(page_changed, dispatch_uid="cse_search_published")
    page_unpublished.connect(page_changed, dispatch_uid="cse_search_unpublished")
    post_page_move.connect(tree_changed, dispatch_uid="cse_search_moved")
    post_save.connect(restriction_changed, PageViewRestriction, dispatch_uid="cse_search_restricted")
    post_delete.connect(restriction_changed, PageViewRestriction, dispatch_uid="cse_search_unrestricted")
    post_delete.connect(page_deleted, dispatch_uid="cse_search_deleted")
