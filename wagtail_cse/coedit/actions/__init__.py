"""What changes documents, apart from the live transports."""

from .documents import CreateDocument
from .images import AddImage
from .sections import SaveSection
from .threads import OpenThread, Reopen, Reply, Resolve
from .versions import FreezeVersion, NameVersion, RestoreVersion

__all__ = [
    "AddImage",
    "CreateDocument",
    "FreezeVersion",
    "NameVersion",
    "OpenThread",
    "Reopen",
    "Reply",
    "Resolve",
    "RestoreVersion",
    "SaveSection",
]
