from django.urls import path

from . import views

app_name = "cse_coedit"

urlpatterns = [
    path("coedit/<uuid:key>/socket/", views.socket, name="socket"),
    path("coedit/<uuid:key>/sync/", views.sync, name="sync"),
    path("coedit/<uuid:key>/threads/", views.threads, name="threads"),
    path("coedit/<uuid:key>/threads/<uuid:thread>/replies/", views.thread_replies, name="thread-replies"),
    path("coedit/<uuid:key>/threads/<uuid:thread>/resolve/", views.thread_resolve, name="thread-resolve"),
    path("coedit/<uuid:key>/images/", views.images, name="images"),
    path("coedit/<uuid:key>/images/<uuid:image>/", views.image, name="image"),
    path("coedit/<uuid:key>/section/", views.section, name="section"),
    path("coedit/<uuid:key>/text/", views.text, name="text"),
]
