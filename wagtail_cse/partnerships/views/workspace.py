"""The workspace of one partnership, at its page's address or at its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from wagtail_cse.access.loaders import get_for

from .. import next_steps, page_models, stages, tabs
from ..dates import day, period
from ..models import Partnership, Stage, StageDate
from ..people import People


def load(request: HttpRequest, key: UUID, verb: str = "view") -> Partnership:
    """The partnership with all that its pages show; 404 outside, 403 inside."""
    return get_for(request.user, verb, Partnership.objects.with_partners().with_stages(), uuid=key)


@require_GET
@never_cache
def open_workspace(request: HttpRequest, key: UUID) -> HttpResponse:
    """The stable address: leads to the page in the reader's language, or shows the workspace itself."""
    partnership = load(request, key)
    page = page_models.pages_of(partnership).get(get_language() or "")
    url = page.get_url(request) if page is not None else None
    if url and url != request.path:
        return redirect(url)
    return render(request, "wagtail_cse/partnerships/workspace.html", workspace_context(request, partnership))


def workspace_context(request: HttpRequest, partnership: Partnership, *, title: str = "") -> dict[str, Any]:
    """Everything that the overview shows."""
    if "partners" not in getattr(partnership, "_prefetched_objects_cache", {}):
        partnership = Partnership.objects.with_partners().with_stages().get(pk=partnership.pk)
    context = shell_context(request, partnership, "overview", title=title)
    reader = context["reader"]
    steps = next_steps.for_reader([partnership], reader)[partnership.pk]
    return {
        **context,
        "step": steps[0],
        "more_steps": [step for step in steps[1:] if step.state == next_steps.TURN],
        "stages": stage_rows(partnership),
        "stage_summary": stage_summary(partnership),
        "people": reader.people[partnership.pk],
        "may_invite": reader.may("manage", partnership) and partnership.is_open,
    }


def shell_context(request: HttpRequest, partnership: Partnership, current: str, *, title: str = "") -> dict[str, Any]:
    """What stands above every part of a workspace: head, who can see it, tabs, whether it is closed."""
    reader = next_steps.reader_of(request, [partnership])
    if not title:
        title = page_models.titles([partnership], get_language() or "").get(partnership.pk, partnership.title)
    people = reader.people[partnership.pk]
    return {
        "partnership": partnership,
        "workspace_title": title,
        "workspace_url": tabs.workspace_url(partnership),
        "organisations": [partner.organisation for partner in partnership.partners.all()],
        "reader": reader,
        "verbs": reader.verbs[partnership.pk],
        "may_coordinate": reader.may("manage", partnership),
        "tabs": tabs.for_reader(partnership, reader, current),
        "visibility": visibility(partnership, people),
        "closed": closed_note(partnership),
    }


def visibility(partnership: Partnership, people: People) -> dict[str, str]:
    """The visibility mark, for `elements/visibility.html`."""
    number = len(people.sides)
    if number == 2:
        label = _("Only the two partners") if not people.others else _("Only the two partners and their guests")
    else:
        label = ngettext("Only the %(number)s partner", "Only the %(number)s partners", number) % {"number": number}
    counts = ", ".join(
        _("%(organisation)s %(number)s") % {"organisation": side.organisation, "number": len(side.people)}
        for side in people.sides
    )
    people_words = ngettext(
        "%(number)s person can open this workspace (%(counts)s).",
        "%(number)s people can open this workspace (%(counts)s).",
        people.count,
    ) % {"number": people.count, "counts": counts}
    hidden = _(
        "Nobody else in the network sees that it exists. "
        "The administrators of this site can open it for technical reasons."
    )
    return {
        "icon": "partners",
        "label": label,
        "detail": f"{people_words} {hidden}",
        "url": tabs._reverse("people", partnership),
        "url_label": _("People and rights"),
    }


def closed_note(partnership: Partnership) -> str:
    """The sentence of the read-only banner; empty while the partnership runs."""
    if partnership.status == Partnership.Status.ARCHIVED and partnership.archived_at:
        return _(
            "This partnership was archived on %(date)s. Everything can be read, nothing can be changed. "
            "A coordinator can reopen it."
        ) % {"date": day(timezone.localtime(partnership.archived_at).date())}
    if not partnership.is_open and partnership.ended_at:
        return _(
            "This partnership ended on %(date)s. Everything can be read, nothing can be changed. "
            "A coordinator can reopen it."
        ) % {"date": day(timezone.localtime(partnership.ended_at).date())}
    return ""


def stage_rows(partnership: Partnership) -> list[dict[str, str]]:
    """For `elements/stage_line.html`."""
    now = stages.ORDER.index(partnership.stage)
    dates = {row.stage: row for row in partnership.stage_dates.all()}
    rows = []
    for index, stage in enumerate(stages.ORDER):
        state = "done" if index < now else "now" if index == now else ""
        row = dates.get(stage)
        note = ""
        if row is not None:
            note = until(row) if state == "now" and partnership.is_open else period(row.starts, row.ends)
        rows.append({"label": str(Stage(stage).label), "note": note, "state": state})
    return rows


def until(row: StageDate) -> str:
    """How long the present stage lasts: “until 4 December, 10 days left”."""
    left = (row.ends - timezone.localdate()).days
    if left < 0:
        return _("planned until %(date)s") % {"date": day(row.ends)}
    if left == 0:
        return _("until today")
    return ngettext("until %(date)s, %(days)s day left", "until %(date)s, %(days)s days left", left) % {
        "date": day(row.ends),
        "days": left,
    }


def stage_summary(partnership: Partnership) -> str:
    """One line instead of the whole stage line, for a phone."""
    rows = stage_rows(partnership)
    index = stages.ORDER.index(partnership.stage)
    words = {"number": index + 1, "count": len(rows), "stage": rows[index]["label"], "note": rows[index]["note"]}
    if not words["note"]:
        return _("Stage %(number)s of %(count)s: %(stage)s") % words
    return _("Stage %(number)s of %(count)s: %(stage)s, %(note)s") % words
