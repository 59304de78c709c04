"""Short ways to make rows for tests; real rows through the real functions. Add to it, change nothing.

from tests import factories
anna = factories.user("anna")
party = factories.party("Liman Derneği", anna)
space = factories.space("Volunteers who stay")
factories.grant(space, "editor", party=party)
"""

import itertools
import secrets

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile

from wagtail_cse.access.actions import AttachPage, CreateSpace, GrantRole
from wagtail_cse.access.models import Party, PrivateFile
from wagtail_cse.access.parties import add_member, create_party_group

_numbers = itertools.count(1)


def user(name="", **fields):
    """A person with password "secret"; `name` becomes the mail address."""
    name = name or f"person{next(_numbers)}"
    fields.setdefault("first_name", name.capitalize())
    return get_user_model().objects.create_user(f"{name}@example.org", "secret", **fields)


def superuser(name="root", **fields):
    return user(name, is_staff=True, is_superuser=True, **fields)


def admin_user(name="admin"):
    """A person who may open the Wagtail admin, and nothing else."""
    person = user(name)
    group, _created = Group.objects.get_or_create(name="Admin access")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person.groups.add(group)
    return person


def give_admin_access(person):
    group, _created = Group.objects.get_or_create(name="Admin access")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    person.groups.add(group)
    return person


def party(name="", *people, is_active=True, **fields):
    """A party (an organisation as access sees it) with `people` as its members."""
    name = name or f"Organisation {next(_numbers)}"
    key = secrets.token_hex(8)
    made = Party.objects.create(
        name=name, key=key, group=create_party_group(key), is_active=is_active, initials=name[:2], **fields
    )
    for person in people:
        add_member(made, person)
    return made


def space(title="A space", *, kind="partnership", visibility="members", parent=None):
    return CreateSpace(actor=None, kind=kind, title=title, visibility=visibility, parent=parent).execute()


def grant(space, role, **kwargs):
    """`user=` or `party=`, and `through`, `source`, `starts`, `expires`."""
    return GrantRole(actor=None, space=space, role=role, **kwargs).execute()


def private_file(space, name="notes.txt", content=b"private words"):
    import hashlib

    row = PrivateFile(
        space=space,
        name=name,
        content_type="text/plain",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    row.file.save(name, ContentFile(content), save=True)
    return row


def page(title, *, parent=None, space=None, live=True, model=None, **fields):
    """A page below `parent` (default: the home page), attached to `space` when given."""
    from wagtail.models import Site

    from tests.foreignsite.models import PlainPage

    parent = parent or Site.objects.get(is_default_site=True).root_page
    parent.refresh_from_db()
    made = parent.add_child(instance=(model or PlainPage)(title=title, live=live, **fields))
    if space is not None:
        AttachPage(space=space, page=made).execute()
    return made
