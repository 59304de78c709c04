from django.urls import path

from . import views

app_name = "cse_access"
urlpatterns = [
    path("act-for/", views.act_for, name="act-for"),
    path("files/<uuid:uuid>/", views.file, name="file"),
]
