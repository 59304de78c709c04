from __future__ import annotations

from django.urls import path

from . import views

app_name = "cse_pages"

urlpatterns = [
    path("setup/", views.set_up, name="setup"),
    path("setup/secretariat/", views.appoint, name="appoint"),
]
