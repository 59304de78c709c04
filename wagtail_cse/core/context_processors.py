from __future__ import annotations

from typing import Any

from .conf import settings


def cse(request: Any) -> dict[str, Any]:
    """`cse_base_template` for `layouts/site.html`: the base that our pages stand in."""
    return {"cse_base_template": settings.base_template}
