"""Puts our policies into Wagtail's registry, in front of what stands there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from wagtail import documents, images
from wagtail.models import AbstractPage, Collection
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from . import collection_policy, page_policy


def page_models() -> list[type]:
    return [AbstractPage, *(model for model in apps.get_models() if issubclass(model, AbstractPage))]


def media() -> Iterator[tuple[type, Any]]:
    """Image and document models with the policy that Wagtail itself registers for them."""
    if apps.is_installed("wagtail.images"):
        yield images.get_image_model(), images.get_permission_policy
    if apps.is_installed("wagtail.documents"):
        yield documents.get_document_model(), documents.get_permission_policy


def register() -> None:
    """Called once, by `AppConfig.ready()`. `exact_class=True` wins over whatever is registered later."""
    wrapped: dict[int, Any] = {}
    for model in page_models():
        policy = policy_registry.get_by_type(model, fallback=False)
        if isinstance(policy, PagePermissionPolicy):
            ours = wrapped.setdefault(id(policy), page_policy.wrap(policy))
            register_permission_policy(model, ours, exact_class=True)
    for model, stock in media():
        policy = policy_registry.get_by_type(model, fallback=False) or stock()
        if hasattr(policy, "_collections_with_perm"):
            register_permission_policy(model, collection_policy.wrap(policy), exact_class=True)
    policy = policy_registry.get_by_type(Collection, fallback=False)
    if policy is not None and hasattr(policy, "_collections_with_perm"):
        ours = collection_policy.wrap(policy, collection_policy.SpaceCollectionManagementPolicy)
        register_permission_policy(Collection, ours, exact_class=True)


def inactive() -> list[type]:
    """Models whose active policy is not ours, or does not stand in front of the one registered for them."""
    wrong = []
    for model in page_models():
        policy = policy_registry.get_by_type(model, fallback=False)
        if not isinstance(policy, page_policy.SpacePagePolicy) or not _in_front(policy, model):
            wrong.append(model)
    for model in [*(model for model, _stock in media()), Collection]:
        policy = policy_registry.get_by_type(model, fallback=False)
        if not isinstance(policy, collection_policy.SpaceCollectionPolicy) or not _in_front(policy, model):
            wrong.append(model)
    return wrong


def _in_front(policy: Any, model: type) -> bool:
    for ancestor in model.mro():
        if ancestor in policy_registry.values_by_class:
            return isinstance(policy, type(policy_registry.values_by_class[ancestor]))
    return True
