"""Trees for comparing: without what is different every time."""

from __future__ import annotations

import copy
from typing import Any


def comparable(tree: dict[str, Any]) -> list[dict[str, Any]]:
    """Blocks without `bid` and section keys; images numbered in reading order instead of their uuid."""
    seen: list[str] = []

    def walk(node: dict[str, Any]) -> dict[str, Any]:
        attrs = {key: value for key, value in node.get("attrs", {}).items() if key not in ("bid", "section")}
        if "image" in attrs:
            seen.append(attrs["image"])
            attrs["image"] = len(seen)
        made = {key: value for key, value in node.items() if key not in ("attrs", "content")}
        if attrs:
            made["attrs"] = attrs
        if node.get("content"):
            made["content"] = [walk(child) for child in node["content"]]
        return made

    return [walk(block) for block in copy.deepcopy(tree)["content"]]
