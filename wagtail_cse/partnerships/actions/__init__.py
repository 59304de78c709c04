"""What changes a partnership. Each takes `actor: access.actors.Actor`, keyword-only."""

from .lifecycle import ArchivePartnership, ChangePartnership, EndPartnership, RenamePartnership, Reopen, SetStage
from .people import (
    AddPerson,
    ChangeRole,
    InviteToWorkspace,
    RemovePerson,
    ResendInvitation,
    WithdrawWorkspaceInvitation,
)
from .start import StartPartnership

__all__ = [
    "AddPerson",
    "ArchivePartnership",
    "ChangePartnership",
    "ChangeRole",
    "EndPartnership",
    "InviteToWorkspace",
    "RemovePerson",
    "RenamePartnership",
    "Reopen",
    "ResendInvitation",
    "SetStage",
    "StartPartnership",
    "WithdrawWorkspaceInvitation",
]
