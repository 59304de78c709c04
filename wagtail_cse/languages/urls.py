from django.urls import path

from . import views

app_name = "cse_languages"
urlpatterns = [
    path("translations/", views.translation_board, name="board"),
    path("translations/start/", views.start, name="start"),
    path("translations/<int:pk>/publish/", views.publish, name="publish"),
    path("translators/", views.translators, name="translators"),
    path("translators/dismiss/", views.dismiss, name="dismiss"),
]
