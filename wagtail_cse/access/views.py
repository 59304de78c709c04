from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from . import acting, files
from .loaders import get_for
from .models import PrivateFile


@require_POST
@login_required
def act_for(request: Any) -> HttpResponseBase:
    """Choose the party (`party`: its key) for which one acts from now on, and go back to `next`."""
    if acting.choose(request, request.POST.get("party", "")) is None:
        raise Http404
    return HttpResponseRedirect(_next(request))


def _next(request: Any) -> str:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if safe else resolve_url("/")


@require_safe
def file(request: Any, uuid: Any) -> HttpResponseBase:
    """A private file, for those who may view its Space."""
    row = get_for(request.user, "view", PrivateFile, uuid=uuid)
    return files.response(request, row)
