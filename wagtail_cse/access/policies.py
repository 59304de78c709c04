"""May this person do that here? The Python face of the rule; the SQL face stands in `querysets` and `pages`.

The rule, in words:

* A verb comes from a grant (a role in a Space) that is in time, to the person himself or to a party in which he
  holds a valid membership: in time, person and party active, and still in the party's Django group. A grant to a
  person *through* a party ends with that membership.
* Everybody may view a public Space; every valid member of any party may view a network Space.
* In a room (a Space with a parent) nobody holds anything without `view` in the parent.
* In a Space that is read-only, or whose parent is, only `view` and `manage` remain, for everybody.
* Superusers hold every verb, while active. Inactive and anonymous people hold only `view` of what is public.
* The secretariat is whoever holds `manage` in the network's own Space. It starts partnerships and admits members,
  and holds nothing in a partnership's Space unless a grant says so: it does not read drafts.
* No Space, an unknown kind of object: no.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import AbstractPage

from . import rights
from .models import Space
from .roles import check_verb


def can(user: Any, verb: str, obj: Any) -> bool:
    """Whether `user` holds `verb` for `obj` (a Space, something with `.space`, or a page) at this moment.

    Raises `ValueError` for an unknown verb. Time is judged now, whatever was read before.
    """
    check_verb(verb)
    return verb in verbs(user, obj)


def verbs(user: Any, obj: Any) -> frozenset[str]:
    """All verbs that `user` holds for `obj` at this moment."""
    if isinstance(obj, AbstractPage):
        from .pages import page_verbs

        return page_verbs(user, obj)
    space = obj if isinstance(obj, Space) else getattr(obj, "space", None)
    if not isinstance(space, Space):
        return frozenset()
    return rights.of(user).verbs(space)
