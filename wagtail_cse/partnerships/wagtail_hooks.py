"""Names of our audit entries for Wagtail's reports."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .history import LABELS, sentence


def _formatter(action: str, title) -> type[LogFormatter]:
    class PartnershipLogFormatter(LogFormatter):
        label = title

        def format_message(self, log_entry) -> str:
            return sentence(action, log_entry.data)

    return PartnershipLogFormatter


@hooks.register("register_log_actions")
def register_partnership_log_actions(actions) -> None:
    for action, label in LABELS.items():
        actions.register_action(action)(_formatter(action, label))
