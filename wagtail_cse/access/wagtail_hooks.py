"""What Wagtail finds by itself: serving, choosers, copies, and the names of our log actions."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks

from wagtail_cse.core.exceptions import NotAllowed

from . import guard, serving
from .page_policy import nearest_tree
from .pages import Page

# Before every other hook, Wagtail's own check included.
hooks.register("before_serve_page", serving.before_serve_page, order=-1000)
hooks.register("before_serve_document", serving.before_serve_document, order=-1000)


@hooks.register("construct_page_chooser_queryset")
def hide_foreign_pages(pages: Any, request: Any) -> Any:
    """The chooser shows the whole tree to everybody; pages of foreign Spaces are not in it."""
    if request.user.is_superuser:
        return pages
    return pages.exclude(pk__in=guard.hidden_pages(request.user).values("pk"))


@hooks.register("before_copy_page")
def keep_copies_inside(request: Any, page: Any) -> None:
    """A copy of a page of a Space stays in that Space: outside nobody would answer for who can see it."""
    tree = nearest_tree(page)
    if tree is None or request.method != "POST":
        return
    target = Page.objects.filter(pk=request.POST.get("new_parent_page") or 0).first()
    if target is not None and nearest_tree(target) != tree:
        raise NotAllowed(_("A page of a space can only be copied inside that space."))


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for action, label, message in (
        ("cse_access.create_space", gettext_lazy("Space made"), gettext_lazy("The space was made.")),
        ("cse_access.grant", gettext_lazy("Role given"), gettext_lazy("A role was given.")),
        ("cse_access.revoke", gettext_lazy("Role taken away"), gettext_lazy("A role was taken away.")),
        ("cse_access.change_role", gettext_lazy("Role changed"), gettext_lazy("A role was changed.")),
        (
            "cse_access.revoke_source",
            gettext_lazy("Roles taken away"),
            gettext_lazy("The roles from one source were taken away."),
        ),
        (
            "cse_access.change_visibility",
            gettext_lazy("Visibility changed"),
            gettext_lazy("Who can see the space was changed."),
        ),
        (
            "cse_access.set_read_only",
            gettext_lazy("Closed or opened"),
            gettext_lazy("The space was closed for writing or opened again."),
        ),
        ("cse_access.rename_space", gettext_lazy("Space renamed"), gettext_lazy("The space was renamed.")),
        ("cse_access.attach_page", gettext_lazy("Page added"), gettext_lazy("A page was put into the space.")),
        (
            "cse_access.detach_page",
            gettext_lazy("Page taken out"),
            gettext_lazy("A page was taken out of the space."),
        ),
        ("cse_access.store_file", gettext_lazy("File stored"), gettext_lazy("A file was stored.")),
    ):
        actions.register_action(action, label, message)
