from __future__ import annotations

from django.conf import settings
from django.urls import path

from .views import account, own

app_name = "cse_core"

urlpatterns = [
    path("", own.Home.as_view(), name="home"),
    path("open/", account.Open.as_view(), name="open"),
    path("language/", own.set_language, name="set-language"),
    path("account/", own.Preferences.as_view(), name="preferences"),
    path("account/sign-in/", account.SignIn.as_view(), name="sign-in"),
    path("account/sign-out/", account.SignOut.as_view(), name="sign-out"),
    path("account/confirm/", account.ConfirmIdentity.as_view(), name="confirm-identity"),
    path("account/password/", account.PasswordChange.as_view(), name="password-change"),
    path("account/password/reset/", account.PasswordReset.as_view(), name="password-reset"),
    path("account/password/reset/sent/", account.PasswordResetSent.as_view(), name="password-reset-sent"),
    path("account/password/reset/done/", account.PasswordResetDone.as_view(), name="password-reset-done"),
    path(
        "account/password/reset/<uidb64>/<token>/",
        account.PasswordResetConfirm.as_view(),
        name="password-reset-confirm",
    ),
]

if settings.DEBUG:
    from .views.gallery import elements

    urlpatterns.append(path("elements/", elements, name="elements"))
