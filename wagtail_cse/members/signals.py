"""News from members, sent on commit."""

from django.dispatch import Signal

#: Facts or state of an organisation changed. Argument: `organisation_id`.
organisation_changed = Signal()

#: A person took, changed or lost a seat. Arguments: `organisation_id`, `user_id`.
seat_changed = Signal()

#: A mandate was given or withdrawn. Arguments: `organisation_id`, `user_id`, `purpose`.
mandate_changed = Signal()
