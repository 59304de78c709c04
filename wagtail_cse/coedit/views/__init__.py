"""The addresses of a document: live transports, comments, images, and two pages for browsers without JavaScript."""

from .images import image, images
from .reading import text
from .section import section
from .sync import socket, sync
from .threads import thread_replies, thread_resolve, threads

__all__ = ["image", "images", "section", "socket", "sync", "text", "thread_replies", "thread_resolve", "threads"]
