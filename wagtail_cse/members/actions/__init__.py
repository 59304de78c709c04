"""Everything that changes an organisation, its people, their mandates and invitations."""

from .invitations import (
    AcceptInvitation,
    AskForInvitation,
    InviteRepresentative,
    ResendInvitation,
    WithdrawInvitation,
)
from .mandates import GiveMandate, WithdrawMandate
from .organisations import CreateOrganisation, ReactivateOrganisation, SuspendOrganisation, UpdateOrganisation
from .profiles import SaveProfile
from .seats import ChangeSeat, RemoveSeat

__all__ = [
    "AcceptInvitation",
    "AskForInvitation",
    "ChangeSeat",
    "CreateOrganisation",
    "GiveMandate",
    "InviteRepresentative",
    "ReactivateOrganisation",
    "RemoveSeat",
    "ResendInvitation",
    "SaveProfile",
    "SuspendOrganisation",
    "UpdateOrganisation",
    "WithdrawInvitation",
    "WithdrawMandate",
]
