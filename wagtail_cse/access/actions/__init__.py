"""Changes of who may do what.

`actor=None` is for the actions of other apps that have checked already (or for the system itself).
"""

from .grants import ChangeRole, GrantRole, RevokeRole, RevokeSource
from .pages import AttachPage, DetachPage
from .spaces import ChangeVisibility, CreateSpace, RenameSpace, SetReadOnly

__all__ = [
    "AttachPage",
    "ChangeRole",
    "ChangeVisibility",
    "CreateSpace",
    "DetachPage",
    "GrantRole",
    "RenameSpace",
    "RevokeRole",
    "RevokeSource",
    "SetReadOnly",
]
