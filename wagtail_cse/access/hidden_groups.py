"""Our Django groups are changed by actions only: forms neither offer nor drop them.

A form that hides a group would take everybody out of it on the next save. So the two many-to-many fields get a
limit on what is offered, and saving keeps the groups that were not offered.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.models import CollectionViewRestriction, GroupApprovalTask, PageViewRestriction

OURS = Q(name__startswith="cse:audience:") | Q(name__startswith="cse:org:")


def hide() -> None:
    """Called once, by `AppConfig.ready()`."""
    for model in (get_user_model(), PageViewRestriction, CollectionViewRestriction, GroupApprovalTask):
        field = model._meta.get_field("groups")
        # On the relation, not on the field: migrations do not see it.
        field.remote_field.limit_choices_to = ~OURS
        field.save_form_data = partial(_save_form_data, field)


def _save_form_data(field: Any, instance: Any, data: Any) -> None:
    manager = getattr(instance, field.attname)
    manager.set({*data, *manager.filter(OURS)})
