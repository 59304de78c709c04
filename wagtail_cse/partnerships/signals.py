"""News of partnerships, sent after the commit."""

from django.dispatch import Signal

#: `partnership` (fresh instance)
partnership_started = Signal()
#: `partnership`; name, dates, stage or status changed
partnership_changed = Signal()
#: `partnership`; somebody came, went, or changed the role
people_changed = Signal()
