"""From the bytes of a page to its element tree."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from lxml import etree, html

from wagtail_cse.core.exceptions import Invalid

from .report import Report

#: Deeper than any page that people write; a guard of the stack.
MAX_DEPTH = 120

#: What old pages in that language were written in when they do not say it.
LEGACY = {"tr": "cp1254", "el": "cp1253", "ru": "cp1251", "bg": "cp1251", "ar": "cp1256", "pl": "cp1250"}


def decode(data: bytes) -> str:
    """Text of the page: byte order mark, then what it declares, then UTF-8, then the usual code page."""
    for bom, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(bom):
            return data.decode(name, "replace")
    if b"\x00" in data[:4096]:
        raise Invalid(_("This is not an HTML page."), code="not_html")
    head = data[:4096].decode("ascii", "replace")
    declared = re.search(r"""charset\s*=\s*["']?\s*([a-z0-9_.:-]+)|<\?xml[^>]*encoding=["']([\w.-]+)""", head, re.I)
    names = [declared.group(1) or declared.group(2)] if declared else []
    language = re.search(r"""<html[^>]*\slang\s*=\s*["']?([a-z]{2})""", head, re.I)
    for name in [*names, "utf-8"]:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode(LEGACY.get(language.group(1).lower(), "cp1252") if language else "cp1252", "replace")


def parse(source: str) -> html.HtmlElement:
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", source)
    if not source.strip() or "<" not in source:
        raise Invalid(_("There is no text in this file."), code="empty")
    parser = html.HTMLParser(huge_tree=True, no_network=True, remove_pis=True)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Invalid(_("This is not an HTML page."), code="not_html") from error
    depth = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise Invalid(
                _("The page is nested too deeply. Save it again from the program in which it was written."),
                code="too_deep",
            )
    return root


def count_around(root: html.HtmlElement, report: Report) -> None:
    """Comments, and what stands in the head: it never reaches the text, and the report says so."""
    comments = sum(1 for _one in root.iter(etree.Comment))
    if comments:
        report.add("comment", comments)
    for element in root.findall("head//"):
        if element.tag in ("script", "style"):
            report.add(element.tag)
        elif element.tag == "link" and "stylesheet" in (element.get("rel") or ""):
            report.add("style")
