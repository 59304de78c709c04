"""News from access, sent on commit."""

from django.dispatch import Signal

#: Who may do what changed. Arguments: `space_ids` and `user_ids` (sets; `user_ids` may be empty: unknown who).
rights_changed = Signal()
