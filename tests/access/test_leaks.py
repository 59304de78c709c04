"""The fast leak test: every URL name of the admin and the site, with the keys of a foreign Space.

Every text of the foreign Space carries MARKER. Nobody outside may get it in any answer; nothing may fail with 5xx.
The same walk as a superuser must find it under many names: otherwise the walk itself would be blind.
The next, longer form walks all query strings, methods and sockets.
"""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import URLPattern, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from tests import factories

MARKER = "Zwetschgendatschi"
OWN = "Apricot"
#: Answers that a GET must not ask for: they sign out or change the session's language.
SKIP = {"wagtailadmin_logout", "admin:logout"}


def patterns():
    """(name, names of its arguments) of every URL that has a name; ours have their own matrix."""
    found = set()

    def walk(items, namespaces):
        for item in items:
            if isinstance(item, URLPattern):
                name = ":".join([*namespaces, item.name or ""])
                if item.name and namespaces[:1] != ["admin"] and name not in SKIP:
                    arguments = tuple(item.pattern.converters) or tuple(item.pattern.regex.groupindex)
                    found.add((name, arguments))
            else:
                walk(item.url_patterns, [*namespaces, item.namespace] if item.namespace else namespaces)

    walk(get_resolver().url_patterns, [])
    return sorted(found)


def build(title):
    """A Space whose pages, draft, document, image, file, translation and history carry `title`."""
    things = {}
    space = factories.space(title)
    page = factories.page(f"{title} room", space=space, body=title)
    draft = factories.page(f"{title} draft", parent=page, live=False, body=title)
    page.save_revision()
    draft.title = f"{title} draft again"
    revision = draft.save_revision(log_action=True)
    space.refresh_from_db()
    things["document"] = Document.objects.create(
        title=f"{title} minutes", file=ContentFile(b"m", name=f"{title}.txt"), collection=space.collection
    )
    things["image"] = Image.objects.create(
        title=f"{title} photo", file=get_test_image_file(f"{title}.png"), collection=space.collection
    )
    source, _created = TranslationSource.get_or_create_from_instance(page)
    things["translation"] = Translation.objects.create(
        source=source, target_locale=Locale.objects.get_or_create(language_code="tr")[0]
    )
    return things | {
        "space": space,
        "page": page,
        "draft": draft,
        "revision": revision,
        "source": source,
        "file": factories.private_file(space, name=f"{title}.txt", content=title.encode()),
    }


def values(argument, things, page):
    """Plausible values of an argument."""
    by_name = {
        "page_id": page.pk,
        "parent_page_id": page.pk,
        "page_to_move_id": page.pk,
        "destination_id": things["page"].pk,
        "page_pk": page.pk,
        "revision_id": things["revision"].pk,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "document_id": things["document"].pk,
        "doc_id": things["document"].pk,
        "image_id": things["image"].pk,
        "translation_id": things["translation"].pk,
        "translation_source_id": things["source"].pk,
        "collection_id": things["space"].collection_id,
        "app_label": "wagtailcore",
        "model_name": "page",
        "app_name": "wagtailcore",
        "content_type_app_name": "foreignsite",
        "content_type_model_name": "plainpage",
        "action": "delete",
        "action_name": "approve",
        "filter_spec": "original",
        "uuid": things["file"].uuid,
        "mode": "",
    }
    return by_name.get(argument)


def keys_for(name, things):
    """What a plain `pk` of this URL may be."""
    if "image" in name:
        return [things["image"].pk]
    if "doc" in name:
        return [things["document"].pk]
    if "collection" in name:
        return [things["space"].collection_id]
    if "group" in name:
        return [things["space"].audience_id]
    return [things["page"].pk, things["draft"].pk]


def addresses(name, arguments, things):
    query = "".join(f"&id={things[kind].pk}" for kind in ("page", "draft", "document", "image"))
    query = f"?childOf={things['page'].pk}&next=/{query}"
    for page in (things["page"], things["draft"]):
        for key in keys_for(name, things) if "pk" in arguments else [None]:
            kwargs = {argument: values(argument, things, page) for argument in arguments}
            if "pk" in kwargs:
                kwargs["pk"] = key
            kwargs = {argument: 1 if value is None else value for argument, value in kwargs.items()}
            try:
                url = reverse(name, kwargs=kwargs)
            except NoReverseMatch:
                continue
            yield url
            yield url + query
        if not arguments:
            return


class LeakTest(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.foreign = build(MARKER)
        cls.own = build(OWN)
        cls.editor = factories.give_admin_access(factories.user("editor"))
        cls.editor.user_permissions.add(Permission.objects.get(codename="submit_translation"))
        factories.grant(cls.own["space"], "publisher", user=cls.editor)
        call_command("update_index", verbosity=0)

    def walk(self, person, things, marker):
        """URL names that show `marker`, and those that fail."""
        client = Client(raise_request_exception=False)
        if person is not None:
            client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        shown, failed = set(), set()
        for name, arguments in patterns():
            if name.startswith("cse_") and name != "cse_access:file":
                continue
            for url in addresses(name, arguments, things):
                response = client.get(url)
                content = b"".join(response) if response.streaming else response.content
                if response.status_code >= 500:
                    failed.add(name)
                if marker.encode() in content or marker in str(response.headers):
                    shown.add(name)
        return sorted(shown), sorted(failed)

    def test_an_editor_of_another_space_and_translator(self):
        assert self.walk(self.editor, self.foreign, MARKER)[0] == []

    def test_somebody_with_admin_access_only(self):
        assert self.walk(factories.admin_user("outsider"), self.foreign, MARKER)[0] == []

    def test_somebody_with_an_account_and_nobody(self):
        assert self.walk(factories.user("stranger"), self.foreign, MARKER)[0] == []
        assert self.walk(None, self.foreign, MARKER)[0] == []

    def test_the_walk_is_not_blind(self):
        shown, _failed = self.walk(self.editor, self.own, OWN)
        assert {
            "cse_access:file",
            "wagtailadmin_explore",
            "wagtailadmin_pages:edit",
            "wagtailadmin_pages:history",
            "wagtailadmin_choose_page_child",
            "wagtail_localize:submit_page_translation",
            "wagtail_localize:translations_report",
            "wagtaildocs:edit",
            "wagtailimages:edit",
        } <= set(shown)
        shown, _failed = self.walk(factories.superuser(), self.foreign, MARKER)
        assert len(shown) >= 40


@pytest.mark.django_db
def test_what_translators_may_do_to_a_foreign_page():
    things = build(MARKER)
    translator = factories.give_admin_access(factories.user("translator"))
    translator.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    client = Client()
    client.force_login(translator, backend="django.contrib.auth.backends.ModelBackend")
    tr = Locale.objects.get(language_code="tr")
    submit = reverse("wagtail_localize:submit_page_translation", args=[things["page"].pk])
    update = reverse("wagtail_localize:update_translations", args=[things["source"].pk])
    assert client.post(submit, {"locales": [tr.pk]}, follow=True).status_code == 404
    assert client.post(update, {"publish_translations": "on"}, follow=True).status_code == 404
    assert not things["page"].get_translations().exists()
    # Inside, but without the right: told so.
    factories.grant(things["space"], "observer", user=translator)
    assert client.post(submit, {"locales": [tr.pk]}).status_code == 403
    factories.grant(things["space"], "editor", user=translator)
    assert client.post(update, {"publish_translations": "on"}).status_code == 403
    assert client.get(submit).status_code == 200
