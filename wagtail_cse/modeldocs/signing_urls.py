from __future__ import annotations

from django.urls import path

from . import publication_views, signing_views

urlpatterns = [
    path("documents/<uuid:uuid>/sign-off/", signing_views.signoff_open, name="signoff-open"),
    path("sign-off/<uuid:uuid>/", signing_views.signoff_detail, name="signoff"),
    path("sign-off/<uuid:uuid>/sign/", signing_views.sign, name="sign"),
    path("sign-off/<uuid:uuid>/withdraw/", signing_views.signoff_withdraw, name="signoff-withdraw"),
    path("sign-off/<uuid:uuid>/publish/", publication_views.publish, name="publish"),
    path("verify/<uuid:uuid>/", signing_views.signoff_verify, name="verify"),
    path("verify/<uuid:uuid>/text/", signing_views.signoff_canonical, name="verify-text"),
]
