"""Page trees of a Space."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Collection

from wagtail_cse.core.exceptions import Invalid

from ..actors import Actor
from ..models import Space, SpacePage
from ..pages import trees_above
from ..recompute import recompute
from .base import SpaceAction


class AttachPage(SpaceAction[SpacePage]):
    """Put a page and all below it, in every language, into a Space; makes the Space's collection at the first one.

    The page may stand in a tree of the same Space or of its parent, never in a foreign one.
    """

    name = "cse_access.attach_page"

    def __init__(self, *, actor: Actor | None = None, space: Space, page: Any):
        self.actor = actor
        self.space = space
        self.page = page

    def check(self) -> None:
        super().check()
        if self.page.depth <= 1:
            raise Invalid(_("The root of the site cannot belong to a space."))
        allowed = {self.space.pk, self.space.parent_id}
        for tree in trees_above(self.page):
            if tree.space_id not in allowed:
                raise Invalid(_("This page belongs to another space already."))

    def write(self) -> SpacePage:
        pages = type(self.page).objects.filter(translation_key=self.page.translation_key).order_by("pk")
        tree = None
        for page_id in pages.values_list("pk", flat=True):
            row, _created = SpacePage.objects.get_or_create(page_id=page_id, defaults={"space": self.space})
            if page_id == self.page.pk:
                tree = row
        if tree is None:
            raise Invalid(_("This page no longer exists."))
        if self.space.collection_id is None:
            collection = Collection(name=self.space.title)
            Collection.get_first_root_node().add_child(instance=collection)
            self.space.collection = collection
            self.space.save(update_fields=["collection"])
        recompute(self.space)
        return tree

    def log(self, result: SpacePage) -> None:
        self.write_log(self.name, page=self.page.pk)


class DetachPage(SpaceAction[bool]):
    """Take a page tree out of a Space. Its restriction stays as it is: nothing becomes public by this."""

    name = "cse_access.detach_page"

    def __init__(self, *, actor: Actor | None = None, space: Space, page: Any):
        self.actor = actor
        self.space = space
        self.page = page

    def write(self) -> bool:
        deleted, _rows = SpacePage.objects.filter(space=self.space, page_id=self.page.pk).delete()
        recompute(self.space)
        return bool(deleted)

    def log(self, result: bool) -> None:
        if result:
            self.write_log(self.name, page=self.page.pk)
