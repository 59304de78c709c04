"""Write the public profile in one language."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.images import ImageFile
from django.http import Http404
from django.utils.translation import gettext
from PIL import Image
from wagtail.images import get_image_model

from wagtail_cse.access.actors import Actor
from wagtail_cse.core import pictures
from wagtail_cse.core.exceptions import AlreadyDone, Invalid, NotAllowed, Stale

from ..models import Organisation
from ..policies import may_edit_profile, may_see_people
from ..profiles import make_profile, profile_in
from ..signals import organisation_changed
from .base import OrganisationAction, record

#: What the form of the front end changes.
TEXTS = ("intro", "mission", "themes", "target_groups", "offers", "needs", "contact_note")


class SaveProfile(OrganisationAction[Any]):
    """Save the profile page in `language` as a new revision and publish it; makes the page when there is none.

    `base` is the key of the revision that the form showed (None: there was no page). `logo`: an uploaded file, False
    to take the logo away, None to leave it. Raises `Stale` when somebody else saved in the meantime.
    """

    name = "members.save_profile"

    def __init__(
        self,
        *,
        actor: Actor,
        organisation: Organisation,
        language: str,
        texts: dict[str, str],
        base: int | None,
        logo: Any = None,
    ):
        super().__init__(actor=actor, organisation=organisation)
        self.language = language
        self.texts = {name: texts.get(name, "") for name in TEXTS}
        self.base = base
        self.logo = logo

    def check(self) -> None:
        self.lock()
        if not may_edit_profile(self.actor.user, self.organisation):
            if not may_see_people(self.actor.user, self.organisation):
                raise Http404
            raise NotAllowed(gettext("Only owners and editors of the organisation can change its profile."))
        page = profile_in(self.organisation, self.language)
        self.page = page.get_latest_revision_as_object() if page is not None else None
        current = self.page.latest_revision_id if self.page is not None else None
        if self.page is not None and self.logo is None and not self._differs():
            raise AlreadyDone(gettext("Nothing was changed."))
        if current != self.base:
            raise Stale(
                gettext(
                    "Somebody else saved this profile while you were writing. Your text is still here: compare it "
                    "with the page, then save again."
                )
            )

    def _differs(self) -> bool:
        return any(getattr(self.page, name) != value for name, value in self.texts.items())

    def write(self) -> Any:
        values: dict[str, Any] = dict(self.texts)
        if self.logo is False:
            values["logo"] = None
        elif self.logo is not None:
            values["logo"] = self._image()
        if self.page is None:
            page = make_profile(self.organisation, self.language, self.actor.user, **values)
            if page is None:
                raise Invalid(
                    gettext("This site has no section for profiles in this language yet. Tell the secretariat.")
                )
            return page
        for name, value in values.items():
            setattr(self.page, name, value)
        revision = self.page.save_revision(user=self.actor.user)
        # The right was checked on the organisation's Space; its people need no Wagtail permission.
        revision.publish(user=self.actor.user, skip_permission_checks=True)
        self.page.refresh_from_db()
        return self.page

    def _image(self) -> Any:
        """The logo is public: only the picture is kept, not where and with what it was taken."""
        try:
            self.logo.seek(0)
            with Image.open(self.logo) as opened:
                data, kind, _size = pictures.rewritten(opened)
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise Invalid(
                gettext("This file is not an image that we can read. Choose a PNG or JPEG file.")
            ) from error
        file = ImageFile(io.BytesIO(data), name=f"logo.{kind.lower()}")
        image = get_image_model()(title=self.organisation.name, file=file, uploaded_by_user=self.actor.user)
        image.save()
        return image

    def log(self, result: Any) -> None:
        record("profile.save", self.organisation, self.actor, language=self.language)

    def committed(self, result: Any) -> None:
        organisation_changed.send(Organisation, organisation_id=self.organisation.pk)
