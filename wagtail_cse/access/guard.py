"""Views of Wagtail and wagtail-localize that never ask the policy: asked here, before they run.

The trick: a view is not answered in its place. The key of a page (image, document, translation) that the person may
not view is replaced by one that does not exist, and the view itself says what it says of missing things, to the byte.
Only the Spaces' own pages and files are guarded; what a site shows of its own pages stays as it is.

Views with page keys under other names than these are found by the leak tests, not here by magic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import Q
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from wagtail_cse.core.exceptions import NotAllowed

from . import freshness, rights
from .collection_policy import space_paths
from .hidden_groups import OURS
from .models import Space
from .page_policy import nearest_tree
from .pages import Page, in_no_space, in_spaces, page_verbs

#: Views that send pages and documents to visitors.
SERVING = frozenset({"wagtail_serve", "wagtaildocs_serve"})
#: Names under which Wagtail's views take the key of a page.
PAGE_KEYS = frozenset({"page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"})
#: Views that take it as plain `pk`.
PAGE_VIEWS = frozenset({"wagtailadmin_pages:revisions_compare", "wagtailadmin_api:pages:detail"})
IMAGE_VIEWS = frozenset({"wagtailimages_chooser:chosen", "wagtailadmin_api:images:detail"})
DOCUMENT_VIEWS = frozenset({"wagtaildocs_chooser:chosen", "wagtailadmin_api:documents:detail"})
GROUP_VIEWS = "wagtailusers_groups:"
MISSING = 0


def serves(request: Any) -> bool:
    """Whether this request is for a page or a document of the site."""
    match = request.resolver_match
    return match is not None and match.url_name in SERVING


def check(request: Any, view: Any, kwargs: dict[str, Any]) -> HttpResponseBase | None:
    """Called for every request before its view. May raise `NotAllowed` for a person inside the Space."""
    match = request.resolver_match
    name = match.view_name or ""
    if freshness.concerns(view):
        freshness.tidy(request.user)
    if name == "wagtailcore_authenticate_with_password":
        hide_pages(request, kwargs)
    # Views of our own namespaces ask the rule themselves. Whoever puts his view at an address of Wagtail's (as
    # `languages` does for an update of translations) keeps the names of its arguments, and so its guard.
    if (name.startswith("cse_") and ":" in name) or not _administers(request):
        return None
    hide_pages(request, kwargs, plain=name in PAGE_VIEWS)
    hide_media(request, name, kwargs)
    if name.startswith(GROUP_VIEWS) and "pk" in kwargs:
        hide_groups(kwargs)
    for key in RULES_BY_KEY.keys() & kwargs.keys():
        RULES_BY_KEY[key](request, kwargs)
    if name in RULES:
        return RULES[name](request, kwargs)
    return None


def _administers(request: Any) -> bool:
    """Others get the same answer for every address of the admin: the way to its sign-in page."""
    user = getattr(request, "user", None)
    return user is not None and user.is_active and user.has_perm("wagtailadmin.access_admin")


def hidden_page(user: Any, key: Any) -> bool:
    """Whether the page with this key lives in a Space that `user` may not view."""
    if rights.is_superuser(user) or not str(key).isdigit():
        return False
    page = Page.objects.filter(pk=key).first()
    return page is not None and nearest_tree(page) is not None and "view" not in page_verbs(user, page)


def hidden_pages(user: Any) -> Any:
    """All pages of Spaces that `user` may not view."""
    if rights.is_superuser(user):
        return Page.objects.none()
    return Page.objects.exclude(in_no_space() | in_spaces(user, "view"))


def hide_pages(request: Any, kwargs: dict[str, Any], plain: bool = False) -> None:
    for key in PAGE_KEYS & kwargs.keys() | ({"pk"} if plain else set()):
        if hidden_page(request.user, kwargs[key]):
            kwargs[key] = MISSING


def hide_media(request: Any, name: str, kwargs: dict[str, Any]) -> None:
    """Images and documents of a foreign Space's collection; and those named in the query."""
    for model, keys, views in (
        (get_image_model, {"image_id"}, IMAGE_VIEWS),
        (get_document_model, {"document_id", "doc_id"}, DOCUMENT_VIEWS),
    ):
        for key in keys & kwargs.keys() | ({"pk"} if name in views else set()):
            if _hidden_media(request.user, model(), [kwargs[key]]):
                kwargs[key] = MISSING


def _hidden_media(user: Any, model: Any, keys: Iterable[Any]) -> set[Any]:
    """Which of these keys belong to things in collections of Spaces that `user` may not view."""
    if rights.is_superuser(user):
        return set()
    viewable = Space.objects.permitted(user, "view").filter(collection__isnull=False).values("pk")
    paths = space_paths()
    allowed = set(Space.objects.filter(pk__in=viewable).values_list("collection__path", flat=True))
    foreign = [path for path in paths if path not in allowed]
    if not foreign:
        return set()
    inside = Q(pk__in=[])
    for path in foreign:
        inside |= Q(path__startswith=path)
    numbers = [key for key in keys if str(key).isdigit()]
    rows = model.objects.filter(pk__in=numbers, collection__in=Collection.objects.filter(inside))
    return set(rows.values_list("pk", flat=True))


def hide_groups(kwargs: dict[str, Any]) -> None:
    """Our groups are changed by actions only."""
    ours = Group.objects.filter(Q(cse_party__isnull=False) | Q(cse_space__isnull=False))
    if str(kwargs["pk"]).isdigit() and ours.filter(pk=kwargs["pk"]).exists():
        kwargs["pk"] = str(MISSING)


def _keep(request: Any, keys: Iterable[str], hidden: Callable[[list[str]], set[Any]]) -> None:
    """Take hidden keys out of the query."""
    query = request.GET.copy()
    for key in keys:
        values = query.getlist(key)
        gone = {str(value) for value in hidden(values)}
        query.setlist(key, [value for value in values if value not in gone])
    request.GET = query


def chosen_pages(request: Any, kwargs: dict[str, Any]) -> None:
    _keep(request, ["id"], lambda keys: {key for key in keys if hidden_page(request.user, key)})


def bulk_action(request: Any, kwargs: dict[str, Any]) -> None:
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
    except LookupError:
        return
    if issubclass(model, Page):
        _keep(request, ["id", "childOf"], lambda keys: {key for key in keys if hidden_page(request.user, key)})
    elif issubclass(model, get_image_model() | get_document_model()):
        _keep(request, ["id"], lambda keys: _hidden_media(request.user, model, keys))


def chosen_images(request: Any, kwargs: dict[str, Any]) -> None:
    _keep(request, ["id"], lambda keys: _hidden_media(request.user, get_image_model(), keys))


def chosen_documents(request: Any, kwargs: dict[str, Any]) -> None:
    _keep(request, ["id"], lambda keys: _hidden_media(request.user, get_document_model(), keys))


def page_privacy(request: Any, kwargs: dict[str, Any]) -> HttpResponseBase | None:
    """Who can see a page of a Space is decided by the Space, and computed from it again and again.

    For a page of the site the form does not offer our groups.
    """
    page = Page.objects.filter(pk=kwargs["page_id"]).first()
    if page is not None and nearest_tree(page) is not None:
        raise NotAllowed(_("Who can see this page is decided by the space in which it lives."))
    return require_admin_access(PrivacyView.as_view())(request, **kwargs)


class PrivacyView(SetPrivacyView):
    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["groups"].queryset = Group.objects.exclude(OURS)
        return form


def collection_privacy(request: Any, kwargs: dict[str, Any]) -> None:
    if Space.objects.filter(collection=kwargs["collection_id"]).exists():
        raise NotAllowed(_("Who can see these files is decided by the space in which they live."))


RULES: dict[str, Callable[[Any, dict[str, Any]], HttpResponseBase | None]] = {
    "wagtailadmin_choose_page_chosen_multiple": chosen_pages,
    "wagtail_bulk_action": bulk_action,
    "wagtailimages_chooser:chosen_multiple": chosen_images,
    "wagtaildocs_chooser:chosen_multiple": chosen_documents,
    "wagtailadmin_pages:set_privacy": page_privacy,
    "wagtailadmin_collections:set_privacy": collection_privacy,
}

RULES_BY_KEY: dict[str, Callable[[Any, dict[str, Any]], None]] = {}

if apps.is_installed("wagtail_localize"):
    from . import localize_guard

    RULES.update(localize_guard.RULES)
    RULES_BY_KEY.update(localize_guard.RULES_BY_KEY)
