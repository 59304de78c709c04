"""Files that a reader takes away: a standalone HTML page and a DOCX, of the draft or of a version."""

from .docx import write_docx
from .edition import Edition, EditionImage, edition
from .html import write_html

__all__ = ["Edition", "EditionImage", "edition", "write_docx", "write_html"]
