import pytest
from django.contrib.auth import get_user_model


def test_a_page_from_the_server_and_the_orm_share_one_database(site, visitor):
    user = get_user_model().objects.create_superuser("elif@example.org", "Gizli-Parola-1", first_name="Elif")
    page = visitor(user=user)
    page.goto("/admin/")
    assert page.get_by_text("Elif").count() > 0


def test_a_page_survives_the_death_of_the_server(site, page):
    page.goto("/admin/login/")
    site.kill()
    site.start()
    page.reload()
    assert page.title().startswith("Sign in")


def test_a_violation_fails_and_names_the_rule(page, axe):
    page.set_content('<html lang="en"><title>t</title><main><h1>h</h1><img src="data:,"></main></html>')
    with pytest.raises(AssertionError, match=r"image-alt \(critical\)"):
        axe(page)
