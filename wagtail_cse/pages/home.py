"""The secretariat's desk on the home page: where its work is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail_cse.access.network import is_secretariat


def desk(context: Mapping[str, Any]) -> dict[str, Any] | None:
    """Links of the secretariat; None for everybody else."""
    request = context.get("request")
    if request is None or not is_secretariat(request.user):
        return None
    links = (
        (
            "cse_members:organisation-list",
            _("Organisations"),
            _("Admit organisations, invite people, note mandates."),
        ),
        ("cse_partnerships:start", _("Start a partnership"), _("Choose the partners and who coordinates.")),
        ("cse_languages:board", _("Translations"), _("See what is translated, appoint translators.")),
        (
            "cse_pages:setup",
            _("Set up the network"),
            _("The public sections of this site and the secretariat itself."),
        ),
    )
    return {"desk": [{"url": reverse(name), "title": title, "meta": meta} for name, title, meta in links]}
