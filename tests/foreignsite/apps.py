from django.apps import AppConfig


class ForeignSiteConfig(AppConfig):
    name = "tests.foreignsite"
    label = "foreignsite"
    default_auto_field = "django.db.models.BigAutoField"
