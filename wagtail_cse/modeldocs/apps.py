from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModeldocsConfig(AppConfig):
    name = "wagtail_cse.modeldocs"
    label = "cse_modeldocs"
    verbose_name = _("Model documents")
    default_auto_field = "django.db.models.BigAutoField"
