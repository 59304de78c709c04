"""News from co-editing, sent on commit."""

from django.dispatch import Signal

#: A version was named or frozen. Arguments: `version_id`, `document_id`.
version_made = Signal()
#: A thread was opened, answered, resolved or reopened. Arguments: `thread_id`, `document_id`, `event`
#: ("opened", "answered", "resolved", "reopened").
thread_changed = Signal()
