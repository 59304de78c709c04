"""The Wagtail admin: everybody sees exactly his Spaces, whatever the site's own groups may."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permissions import policy_registry

from tests import factories
from tests.foreignsite.models import PlainPage
from wagtail_cse.access import registration
from wagtail_cse.access.page_policy import SpacePagePolicy
from wagtail_cse.core.exceptions import NotAllowed

pytestmark = pytest.mark.django_db

SECRET = "Zwetschge"


class Site:
    pass


@pytest.fixture
def site(db):
    """Two Spaces with pages and documents: "ours" and a foreign one whose every text carries SECRET."""
    site = Site()
    site.section = factories.page("Workspaces", slug="workspaces")
    for name, title in (("ours", "Apricot"), ("foreign", SECRET)):
        space = factories.space(title)
        page = factories.page(f"{title} room", parent=site.section, space=space)
        below = factories.page(f"{title} draft", parent=page, live=False)
        below.save_revision()
        space.refresh_from_db()
        document = Document.objects.create(
            title=f"{title} minutes", file=ContentFile(b"m", name=f"{title}.txt"), collection=space.collection
        )
        setattr(site, name, (space, page, below, document))
    site.people = {"outsider": factories.admin_user("outsider")}
    for role in ("observer", "editor", "publisher", "coordinator"):
        site.people[role] = factories.give_admin_access(factories.user(role))
        factories.grant(site.ours[0], role, user=site.people[role])
    return site


@pytest.fixture
def site_editor(site):
    """An editor of the whole site: page permissions on the root, document permissions on the root collection."""
    person = factories.give_admin_access(factories.user("webmaster"))
    group = Group.objects.create(name="Webmasters")
    person.groups.add(group)
    for codename in ("add_page", "change_page", "publish_page"):
        GroupPagePermission.objects.create(
            group=group,
            page=Page.get_first_root_node(),
            permission=Permission.objects.get(codename=codename, content_type__app_label="wagtailcore"),
        )
    for codename in ("add_document", "change_document", "choose_document", "change_collection"):
        GroupCollectionPermission.objects.create(
            group=group,
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(
                codename=codename, content_type__app_label__in=["wagtaildocs", "wagtailcore"]
            ),
        )
    return person


def client_of(person):
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def get(person, name, *args, query="", follow=True):
    """Follows redirects: on this site a 404 leads to the same address below the language, which is a 404 again."""
    return client_of(person).get(reverse(name, args=args) + query, follow=follow)


def test_an_editor_sees_and_edits_his_space_and_nothing_else(site):
    editor = site.people["editor"]
    _space, page, below, _document = site.ours
    # The way down begins at what he may edit; Wagtail leads him there.
    there = get(editor, "wagtailadmin_explore", site.section.pk, follow=False).url
    assert there == reverse("wagtailadmin_explore", args=[page.pk])
    listing = get(editor, "wagtailadmin_explore", page.pk)
    assert listing.status_code == 200
    assert "Apricot draft" in listing.content.decode()
    assert SECRET not in listing.content.decode()
    assert get(editor, "wagtailadmin_explore", site.foreign[1].pk).status_code == 404
    assert get(editor, "wagtailadmin_pages:edit", page.pk).status_code == 200
    assert get(editor, "wagtailadmin_pages:edit", below.pk).status_code == 200
    assert get(editor, "wagtailadmin_pages:edit", site.foreign[1].pk).status_code == 404
    assert page.permissions_for_user(editor).can_edit()
    assert not page.permissions_for_user(editor).can_publish()
    assert not site.foreign[1].permissions_for_user(editor).can_edit()
    assert not site.section.permissions_for_user(editor).can_edit()


def test_roles_become_page_permissions(site):
    page = site.ours[1]
    got = {}
    for role, person in site.people.items():
        tester = page.permissions_for_user(person)
        got[role] = (tester.can_edit(), tester.can_add_subpage(), tester.can_publish(), tester.can_delete())
    assert got == {
        "outsider": (False, False, False, False),
        "observer": (False, False, False, False),
        "editor": (True, True, False, False),
        "publisher": (True, True, True, False),
        "coordinator": (True, True, True, True),
    }


def test_rights_on_the_root_do_not_reach_into_a_space(site, site_editor):
    assert site.section.permissions_for_user(site_editor).can_edit()
    for page in (site.ours[1], site.ours[2], site.foreign[1]):
        assert not page.permissions_for_user(site_editor).can_edit()
        assert get(site_editor, "wagtailadmin_pages:edit", page.pk).status_code == 404
    listing = get(site_editor, "wagtailadmin_explore", site.section.pk).content.decode()
    assert "Workspaces" in listing
    assert "Apricot" not in listing
    policy = policy_registry.get_by_type(Page)
    visible = set(policy.explorable_instances(site_editor).values_list("title", flat=True))
    assert visible == {"Root", "Welcome to your new Wagtail site!", "Workspaces"}
    documents = get(site_editor, "wagtaildocs:index").content.decode()
    assert "minutes" not in documents
    assert SECRET not in get(site_editor, "wagtailadmin_collections:index").content.decode()


def test_superusers_see_everything(site):
    root = factories.superuser()
    assert get(root, "wagtailadmin_pages:edit", site.foreign[1].pk).status_code == 200
    assert SECRET in get(root, "wagtailadmin_explore", site.section.pk).content.decode()


@pytest.mark.parametrize("who", ["outsider", "editor", "webmaster"])
def test_search_choosers_and_api_show_nothing_foreign(site, site_editor, who):
    person = {**site.people, "webmaster": site_editor}[who]
    call_command("update_index", verbosity=0)
    _space, page, below, document = site.foreign
    answers = [
        get(person, "wagtailadmin_pages:search", query=f"?q={SECRET}&p="),
        get(person, "wagtailadmin_choose_page"),
        get(person, "wagtailadmin_choose_page_child", site.section.pk),
        get(person, "wagtailadmin_choose_page_child", page.pk),
        get(person, "wagtailadmin_choose_page_search", query="?q=room"),
        get(person, "wagtailadmin_choose_page_chosen_multiple", query=f"?id={page.pk}&id={below.pk}"),
        get(person, "wagtailadmin_api:pages:listing"),
        get(person, "wagtailadmin_api:pages:detail", page.pk),
        get(person, "wagtailadmin_api:documents:listing"),
        get(person, "wagtailadmin_reports:site_history"),
        get(person, "wagtailadmin_pages:type_use", "foreignsite", "plainpage"),
        get(person, "wagtail_bulk_action", "wagtailcore", "page", "delete", query=f"?id={page.pk}&next=/"),
        get(person, "wagtail_bulk_action", "wagtailcore", "page", "delete", query=f"?childOf={page.pk}&next=/"),
        get(person, "wagtail_bulk_action", "wagtaildocs", "document", "delete", query=f"?id={document.pk}&next=/"),
        get(person, "wagtailadmin_pages:move_confirm", page.pk, site.section.pk),
        get(person, "wagtailadmin_pages:move_confirm", site.section.pk, page.pk),
        get(person, "wagtailadmin_pages:workflow_preview", below.pk, 1),
        get(person, "wagtailadmin_pages:confirm_workflow_cancellation", below.pk),
        get(person, "wagtaildocs_chooser:choose"),
        get(person, "wagtaildocs_chooser:chosen", document.pk),
        get(person, "wagtailadmin_home"),
    ]
    for response in answers:
        assert response.status_code < 500, response.request["PATH_INFO"]
        shown = response.content.decode().replace(f"?q={SECRET}", "").replace(f'value="{SECRET}"', "")
        shown = shown.replace(f"“{SECRET}”", "").replace(f'"{SECRET}"', "").replace(f"<em>{SECRET}</em>", "")
        assert SECRET not in shown, response.request["PATH_INFO"]


def test_what_may_be_seen_is_in_the_choosers(site):
    editor = site.people["editor"]
    assert "Apricot room" in get(editor, "wagtailadmin_choose_page_child", site.section.pk).content.decode()
    assert "Apricot minutes" in get(editor, "wagtaildocs_chooser:choose").content.decode()
    assert get(editor, "wagtaildocs:edit", site.ours[3].pk).status_code == 200
    assert get(editor, "wagtaildocs:edit", site.foreign[3].pk).status_code == 404


@pytest.mark.parametrize("role", ["publisher", "coordinator"])
def test_nobody_changes_privacy_by_hand(site, role):
    page = site.ours[1]
    client = client_of(site.people[role])
    url = reverse("wagtailadmin_pages:set_privacy", args=[page.pk])
    assert client.get(url).status_code == 403
    assert client.post(url, {"restriction_type": "none"}).status_code == 403
    assert page.view_restrictions.get().restriction_type == "groups"


def test_a_page_does_not_leave_its_space_by_move_or_copy(site):
    _space, page, below, _document = site.ours
    root = factories.superuser()
    with pytest.raises(NotAllowed):
        below.move(site.section, pos="last-child", user=root)
    with pytest.raises(NotAllowed):
        below.move(site.foreign[1], pos="last-child", user=root)
    with pytest.raises(NotAllowed):
        factories.page("News").move(page, pos="last-child", user=root)
    copy = {
        "new_title": "Copy",
        "new_slug": "copy",
        "new_parent_page": site.section.pk,
        "copy_subpages": "",
        "publish_copies": "",
        "alias": "",
    }
    url = reverse("wagtailadmin_pages:copy", args=[below.pk])
    assert client_of(root).post(url, copy).url == "/admin/"
    assert not Page.objects.filter(slug="copy").exists()
    assert client_of(root).post(url, copy | {"new_parent_page": page.pk}).status_code == 302
    assert Page.objects.filter(slug="copy").exists()
    # The tree as a whole may find another place in the site; it takes its Space with it.
    page.move(factories.page("Elsewhere"), pos="last-child", user=root)
    assert PlainPage.objects.get(pk=page.pk).cse_space_tree.space == site.ours[0]


def test_our_groups_are_neither_offered_nor_dropped(site):
    root = factories.superuser()
    person = factories.user("member")
    party = factories.party("Liman", person)
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    form = client_of(root).get(url)
    assert form.status_code == 200
    assert "cse:org:" not in form.content.decode()
    other = Group.objects.create(name="Choir")
    data = {"email": person.email, "first_name": "M", "last_name": "B", "is_active": "on", "groups": [other.pk]}
    assert client_of(root).post(url, data).status_code == 302
    person.refresh_from_db()
    assert set(person.groups.all()) == {other, party.group}
    privacy = client_of(root).get(reverse("wagtailadmin_pages:set_privacy", args=[site.section.pk]))
    assert "Choir" in privacy.content.decode()
    assert "cse:" not in privacy.content.decode()
    assert get(root, "wagtailusers_groups:edit", party.group_id).status_code == 404


def test_policies_are_ours_and_stand_in_front_of_the_sites(site):
    assert registration.inactive() == []
    assert isinstance(policy_registry.get_by_type(PlainPage), SpacePagePolicy)


def test_the_listing_costs_the_same_for_two_spaces_and_twenty(site, django_assert_num_queries):
    editor = site.people["editor"]
    policy = policy_registry.get_by_type(Page)

    def measure():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from wagtail_cse.access import rights

        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            rights.remembered(),
        ):
            pages = list(policy.explorable_instances(editor))
            for page in pages:
                page.permissions_for_user(editor)
        return len(queries), len(pages)

    before = measure()
    for number in range(18):
        space = factories.space(f"Further {number}")
        factories.grant(space, "editor", user=editor)
        factories.page(f"Further {number}", parent=site.section, space=space)
    after = measure()
    assert after[1] == before[1] + 18
    assert after[0] == before[0]
