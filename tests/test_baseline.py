import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Locale, Page, Site


def migrated():
    return (
        Site.objects.count(),
        list(Page.objects.order_by("path").values_list("depth", "path")),
        list(Locale.objects.values_list("language_code", flat=True)),
        list(ContentType.objects.order_by("pk").values_list("pk", "app_label", "model")),
    )


SEEN = []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_what_migrations_made_is_there_again_after_a_test_that_committed(turn):
    SEEN.append(migrated())
    assert SEEN[0] == SEEN[-1]
    assert SEEN[0][0] == 1
    assert not get_user_model().objects.exists()
    with transaction.atomic():
        Site.objects.all().delete()
        get_user_model().objects.create_user("left@example.org", "x")
