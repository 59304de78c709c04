from django.urls import path

from . import views

app_name = "cse_search"
urlpatterns = [path("search/", views.search_results, name="search")]
