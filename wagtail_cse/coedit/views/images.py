"""Images inside a document."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from wagtail_cse.access import acting
from wagtail_cse.access.loaders import get_for
from wagtail_cse.core.exceptions import Invalid

from ..actions import AddImage
from ..models import Document, DocumentImage
from .base import answers_json


@require_POST
@answers_json
def images(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """Upload one (`file`); gives its `uuid` for the text."""
    document = get_for(request.user, "change", Document, uuid=key)
    file = request.FILES.get("file")
    if file is None:
        raise Invalid(_("Choose an image first."), code="file")
    image = AddImage(actor=acting.actor(request), document=document, file=file).execute()
    return JsonResponse({"uuid": str(image.uuid)}, status=201)


@require_GET
# Private: a shared cache must not hand it to somebody else. The bytes of one address never change.
@cache_control(private=True, max_age=300, immutable=True)
def image(request: HttpRequest, key: uuid.UUID, image: uuid.UUID) -> HttpResponseBase:
    """The picture, to who may view the document."""
    document = get_for(request.user, "view", Document, uuid=key)
    found = DocumentImage.objects.select_related("file").filter(document=document, uuid=image).first()
    if found is None:
        raise Http404
    try:
        opened = found.file.file.open("rb")
    except OSError:
        raise Http404 from None
    response = FileResponse(opened, content_type=found.file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
