"""The installing site's own page type."""

from django.db import models
from wagtail.models import Page


class PlainPage(Page):
    body = models.TextField(blank=True)
