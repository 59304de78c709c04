from tests.commands import django


def test_models_and_migrations_agree():
    django("makemigrations", "--check", "--dry-run", DJANGO_SETTINGS_MODULE="tests.settings", CSE_TEST_DIR=None)
