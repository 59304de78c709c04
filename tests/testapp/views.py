"""The smallest page around the editor, as an owner of documents writes it."""

from django.shortcuts import render

from wagtail_cse.access.loaders import get_for
from wagtail_cse.coedit.editor import editor_context
from wagtail_cse.coedit.models import Document


def editor(request, key):
    document = get_for(request.user, "view", Document, uuid=key)
    context = editor_context(
        request,
        document,
        kicker="Model document · draft",
        back_url="/",
        back_label="Volunteers who stay",
        versions_url="/versions/",
        side_template="testapp/editor_side.html",
    )
    response = render(request, "testapp/editor.html", context)
    # What a careful site sends: nothing inline, nothing from elsewhere.
    response["Content-Security-Policy"] = "default-src 'self'; object-src 'none'; base-uri 'none'"
    return response
