"""One letter to one person, in that person's language, after the commit.

    mail.send("members/invitation", user, {"organisation": ..., "url": mail.link(reverse(...))})

renders `wagtail_cse/members/mail/invitation.subject.txt` and `invitation.txt` (plain text, no escaping
needed, between a greeting and a closing line that are the same for all); the HTML part is made from the text, or from
`invitation.html` if it exists. The subject names nothing private: it is shown on locked telephones and stored by mail
servers.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings as django_settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template import Context, TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.http import urlencode

from . import people, slots
from .conf import settings

logger = logging.getLogger(__name__)

#: A user, or an address with the language to write in.
Receiver = Any


def send(name: str, to: Receiver, context: Mapping[str, Any] | None = None, language: str | None = None) -> None:
    """Send the letter `name` ("<app>/<letter>") when the current transaction commits.

    `to` is a user, or a pair (e-mail address, language code). `language` overrides the receiver's choice. A `path` in
    the context becomes `url`, which signs in first and leads on, in the receiver's language. Rendering
    happens now, so a mistake in a template is seen at once; a mail server that fails is logged and nothing else.
    """
    message = compose(name, to, context or {}, language)
    if message is not None:
        transaction.on_commit(lambda: deliver(message, name))


def compose(
    name: str, to: Receiver, context: Mapping[str, Any], language: str | None = None
) -> EmailMultiAlternatives | None:
    """The rendered message, or None for a person without an address."""
    user = None
    if isinstance(to, tuple | list):
        address, own_language = to
        zone = None
    else:
        user, zone = to, people.zone_of(to)
        address, own_language = getattr(to, to.get_email_field_name(), ""), people.language_of(to)
    if not address:
        return None
    code = people.supported(language or "") or people.supported(own_language) or django_settings.LANGUAGE_CODE
    base = template_base(name)
    # Found in the sender's language, written in the receiver's.
    path = translate_url(context["path"], code) if "path" in context else ""
    with translation.override(code), timezone.override(zone or timezone.get_default_timezone()):
        values = {
            "site_name": site_name(),
            "site_url": absolute(""),
            "receiver": user,
            "receiver_name": people.display_name(user) if user is not None else "",
            "LANGUAGE_CODE": code,
            **({"url": link(path)} if path else {}),
            **context,
        }
        subject = " ".join(text_of(f"{base}.subject.txt", values).split())
        templates = ("wagtail_cse/core/mail/head.txt", f"{base}.txt", "wagtail_cse/core/mail/foot.txt")
        body = "\n\n".join(text_of(template, values) for template in templates)
        html = html_of(f"{base}.html", body, subject, code, values)
    message = EmailMultiAlternatives(
        subject, body.strip() + "\n", None, [address], headers={"Auto-Submitted": "auto-generated"}
    )
    message.attach_alternative(html, "text/html")
    return message


def template_base(name: str) -> str:
    """ "members/invitation" -> "wagtail_cse/members/mail/invitation"; a full path stays."""
    if name.startswith("wagtail_cse/"):
        return name
    app, _, letter = name.partition("/")
    return f"wagtail_cse/{app}/mail/{letter}"


def text_of(template: str, values: Mapping[str, Any]) -> str:
    """A plain-text template; nothing is escaped, for there is no markup."""
    return slots.get_engine_template(template).render(Context(dict(values), autoescape=False)).strip()


def html_of(template: str, body: str, subject: str, language: str, values: Mapping[str, Any]) -> str:
    """The letter's own HTML template, or a plain page with the text and its links."""
    bidi = translation.get_language_info(language)["bidi"] if language in people_languages() else False
    context = {**values, "body": body, "subject": subject, "direction": "rtl" if bidi else "ltr"}
    try:
        return render_to_string(template, context)
    except TemplateDoesNotExist as error:
        if str(error) != template:
            raise
        return render_to_string("wagtail_cse/core/mail/letter.html", context)


def people_languages() -> set[str]:
    from django.conf.locale import LANG_INFO

    return set(LANG_INFO)


def deliver(message: EmailMultiAlternatives, name: str) -> bool:
    """Hand the message to the mail server; True when it took it. Addresses are not written to the log."""
    try:
        message.send()
    except Exception:
        logger.exception("The letter %s could not be sent", name)
        return False
    return True


def site_name() -> str:
    """The name of the site in letters."""
    from wagtail.models import Site

    site = Site.objects.filter(is_default_site=True).first()
    return (site.site_name if site else "") or getattr(django_settings, "WAGTAIL_SITE_NAME", "")


def absolute(path: str) -> str:
    """`path` with scheme and host: WAGTAIL_CSE_CORE_BASE_URL, WAGTAILADMIN_BASE_URL, or Wagtail's default site.

    Never the Host header: it comes from outside, and letters carry secret links.
    """
    base = settings.base_url or getattr(django_settings, "WAGTAILADMIN_BASE_URL", "") or ""
    if not base:
        from wagtail.models import Site

        site = Site.objects.filter(is_default_site=True).first()
        base = site.root_url if site else ""
    return base.rstrip("/") + path


def link(path: str) -> str:
    """The address for a letter that leads to `path`: it asks to sign in first, and tells nobody else anything."""
    return f"{absolute(reverse('cse_core:open'))}?{urlencode({'to': path})}"
