"""`{% load cse %}`: the small pieces that templates of every app need."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast
from urllib.parse import urlencode

from django import forms, template
from django.conf import settings as django_settings
from django.forms.boundfield import BoundField
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from wagtail_cse.core import icons, people, slots, switch, times
from wagtail_cse.core.conf import settings

register = template.Library()

VISIBILITY_ICONS = {"public": "globe", "network": "network", "members": "partners", "secret": "lock"}
STATUS_ICONS = {
    "ok": "check",
    "old": "history",
    "auto": "translate",
    "work": "pen",
    "none": "plus",
    "bad": "alert",
}


class PartNode(template.Node):
    def __init__(self, name: str, nodelist: template.NodeList):
        self.name = name
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        # One line in, one variable out: it stays in the context for the include of layouts/site.html.
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 - rendered template
        return ""


@register.tag("cse_part")
def part(parser: Any, token: Any) -> PartNode:
    """`{% cse_part "cse_content" %}...{% endcse_part %}`: render now, keep the result as a variable."""
    bits = token.split_contents()
    if len(bits) != 2:
        raise template.TemplateSyntaxError("cse_part needs one name in quotes")
    nodelist = parser.parse(("endcse_part",))
    parser.delete_first_token()
    return PartNode(bits[1].strip("\"'"), nodelist)


@register.simple_tag
def cse_icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """An icon of icons.svg, written into the page; hidden from assistive technology unless it has a label."""
    return icons.icon(name, label or "", extra or "")


@register.simple_tag
def cse_mark(party: Any, size: str = "") -> SafeString:
    """The tile of an organisation (initials, colour, shape). Decorative: the name stands beside it."""
    if party is None:
        return mark_safe("")
    classes = ["cse-mark"]
    shape = getattr(party, "shape", "") or "round"
    if shape != "square":
        classes.append(f"cse-mark-{shape}")
    if size:
        classes.append(f"cse-mark-{size}")
    classes.append(f"cse-c{party.colour}")
    initials = party.initials or party.name[:2]
    return format_html('<span class="{}" aria-hidden="true">{}</span>', " ".join(classes), initials)


@register.filter
def cse_name(user: Any) -> str:
    """The name of a person."""
    return people.display_name(user) if user is not None else ""


@register.simple_tag
def cse_person(user: Any) -> str:
    """The name of a person, as a tag."""
    return cse_name(user)


@register.simple_tag
def cse_date(value: dt.datetime | dt.date | None, zone: Any = None) -> SafeString:
    """A moment in the reader's place, with the other's clock in brackets when `zone` differs; a date as a day."""
    if not value:
        return mark_safe("")
    if not isinstance(value, dt.datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), times.day_words(value))
    return format_html(
        '<time datetime="{}">{}</time>', times.utc_attribute(value), times.moment_words(value, zone or None)
    )


@register.simple_tag
def cse_day(value: dt.datetime | dt.date | None, weekday: bool = True) -> SafeString:
    """Only the day, in the reader's time zone."""
    if not value:
        return mark_safe("")
    day = times.local_day(value)
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), times.day_words(day, weekday=weekday))


@register.filter
def cse_day_words(value: dt.datetime | dt.date | None) -> str:
    """The day as words, for use in a sentence."""
    return times.day_words(times.local_day(value)) if value else ""


@register.simple_tag
def cse_when(value: dt.datetime | None) -> SafeString:
    """When something happened: "today, 14:20"."""
    if not value:
        return mark_safe("")
    return format_html('<time datetime="{}">{}</time>', times.utc_attribute(value), times.ago_words(value))


@register.simple_tag(takes_context=True)
def cse_slot(context: template.Context, name: str) -> SafeString:
    """Everything that apps registered for this place (`core.slots.register`)."""
    return slots.render(name, context)


@register.simple_tag(takes_context=True)
def cse_visibility(context: template.Context, subject: Any) -> SafeString:
    """The visibility mark of a Space, or of a dict {icon, label, detail, url, url_label}."""
    values = subject
    if not isinstance(subject, dict):
        icon = VISIBILITY_ICONS.get(subject.visibility, "lock")
        if icon == "partners" and subject.kind == "organisation":
            icon = "lock"
        label = subject.get_visibility_display()
        if subject.kind == "partnership" and icon == "partners":
            label = gettext("Only the partners")
        values = {"icon": icon, "label": label}
    with context.push(visibility=values):
        page = context.template.engine.get_template("wagtail_cse/elements/visibility.html")
        return page.render(context)


@register.simple_tag
def cse_status_icon(status: Any) -> SafeString:
    """The icon of a status dict: its own, or the one of its kind."""
    return icons.icon(status.get("icon") or STATUS_ICONS[status["kind"]])


@register.simple_tag
def cse_groups(fingerprint: str, size: int = 4) -> str:
    """A fingerprint in groups of four digits."""
    return " ".join(fingerprint[start : start + size] for start in range(0, len(fingerprint), size))


# Forms


@register.simple_tag
def cse_field_kind(field: BoundField) -> str:
    """ "hidden", "check" (one box), "choices" (several boxes or radio buttons) or "control"."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(widget, forms.CheckboxInput) else "control"


@register.simple_tag
def cse_control(field: BoundField, extra: str = "") -> SafeString:
    """The control of a field with our class; ids of hint and error are Django's own (aria-describedby)."""
    if isinstance(field.field.widget, forms.CheckboxInput):
        return field.as_widget()
    own = field.field.widget.attrs.get("class", "")
    classes = " ".join(filter(None, ["cse-input", extra, own]))
    attrs: dict[str, str | bool] = {"class": classes}
    if field.errors:
        # Written out: hint first, then error, in every Django version.
        described = [f"{field.auto_id}_helptext"] if field.help_text else []
        attrs["aria-describedby"] = " ".join([*described, f"{field.auto_id}_error"])
    return field.as_widget(attrs=attrs)


@register.simple_tag
def cse_form_errors(form: Any) -> list[dict[str, str]]:
    """What is wrong with a bound form, in the order of the fields: [{id, label, message}]."""
    if form is None or not getattr(form, "is_bound", False):
        return []
    problems = [{"id": "", "label": "", "message": str(error)} for error in form.non_field_errors()]
    for field in form:
        target = field.auto_id if cse_field_kind(field) == "choices" else field.id_for_label
        problems += [{"id": target, "label": str(field.label), "message": str(error)} for error in field.errors]
    return problems


# The site around us


def own_url(name: str, *args: Any) -> str:
    """The address of one of our views; "" where the site does not include our urls (checks say so)."""
    try:
        return reverse(f"cse_core:{name}", args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def cse_url(name: str) -> str:
    """The address of a view of core, for templates that must not fail without it."""
    return own_url(name)


@register.simple_tag(takes_context=True)
def cse_site_name(context: template.Context) -> str:
    """The name of this site: of Wagtail's Site, else WAGTAIL_SITE_NAME."""
    from wagtail.models import Site

    request = context.get("request")
    site = Site.find_for_request(request) if request is not None else None
    return (site.site_name if site else "") or getattr(django_settings, "WAGTAIL_SITE_NAME", "")


@register.simple_tag(takes_context=True)
def cse_sign_in_url(context: template.Context) -> str:
    """The site's sign-in page (LOGIN_URL), coming back here afterwards."""
    from django.shortcuts import resolve_url

    request = context.get("request")
    url = resolve_url(django_settings.LOGIN_URL)
    here = request.get_full_path() if request is not None else ""
    if not here or request.path == url or getattr(request, "resolver_match", None) is None:
        return url
    if request.resolver_match.namespace == "cse_core":
        return url
    return f"{url}?{urlencode({'next': here})}"


@register.simple_tag
def cse_admin_url() -> str:
    """Wagtail's admin, in the site's own place; "" if it is not mounted."""
    try:
        return reverse("wagtailadmin_home")
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def cse_languages(context: template.Context) -> list[dict[str, Any]]:
    """Rows of the language menu; see `core.switch.languages`."""
    return switch.languages(cast("dict[str, Any]", context.flatten()))


@register.simple_tag
def cse_language_name(code: str) -> str:
    """A language's name in itself."""
    return switch.own_name(code, code)


@register.simple_tag
def cse_account_bar() -> bool:
    """Whether our pages bring their own account line."""
    return settings.account_bar


@register.simple_tag(takes_context=True)
def cse_page_url(context: template.Context, number: int, param: str = "page") -> str:
    """The address of this list with another page number; other parameters stay."""
    query = context["request"].GET.copy()
    query[param or "page"] = number
    return f"?{query.urlencode()}"


@register.simple_tag
def cse_page_numbers(page: Any) -> list[int]:
    """First, last and the neighbours of the current page; 0 stands for a gap."""
    last = page.paginator.num_pages
    wanted = sorted({1, last, *range(max(1, page.number - 1), min(last, page.number + 1) + 1)})
    numbers: list[int] = []
    for number in wanted:
        if numbers and number - numbers[-1] > 1:
            numbers.append(0)
        numbers.append(number)
    return numbers


@register.filter
def cse_lang(code: str) -> str:
    """`lang` attribute only where it differs from the page: `<p{{ text_language|cse_lang }}>`."""
    return format_html(' lang="{}"', code) if code and code != get_language() else ""
