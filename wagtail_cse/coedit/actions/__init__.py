"""What changes documents, apart from the live transports."""

from .documents import CreateDocument

__all__ = ["CreateDocument"]
