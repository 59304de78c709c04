from __future__ import annotations

from typing import Any

from wagtail import hooks

from .history import ACTIONS, formatter


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    for name in ACTIONS:
        actions.register_action(f"cse_members.{name}")(formatter(name))
