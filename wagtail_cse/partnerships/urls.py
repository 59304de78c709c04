from __future__ import annotations

from django.urls import path

from .views import lists, people, settings, workspace

app_name = "cse_partnerships"

urlpatterns = [
    path("partnerships/", lists.partnership_list, name="list"),
    path("partnerships/start/", lists.start, name="start"),
    path("partnerships/<uuid:key>/", workspace.open_workspace, name="workspace"),
    path("partnerships/<uuid:key>/people/", people.people, name="people"),
    path("partnerships/<uuid:key>/people/add/", people.add, name="person-add"),
    path("partnerships/<uuid:key>/people/role/", people.change_role, name="person-role"),
    path("partnerships/<uuid:key>/people/remove/", people.remove, name="person-remove"),
    path("partnerships/<uuid:key>/people/invite/", people.invite, name="invite"),
    path(
        "partnerships/<uuid:key>/invitations/<uuid:invitation>/withdraw/",
        people.withdraw_invitation,
        name="invitation-withdraw",
    ),
    path(
        "partnerships/<uuid:key>/invitations/<uuid:invitation>/resend/",
        people.resend_invitation,
        name="invitation-resend",
    ),
    path("partnerships/<uuid:key>/settings/", settings.settings, name="settings"),
    path("partnerships/<uuid:key>/stage/", settings.stage, name="stage"),
    path("partnerships/<uuid:key>/end/", settings.end, name="end"),
    path("partnerships/<uuid:key>/archive/", settings.archive, name="archive"),
    path("partnerships/<uuid:key>/reopen/", settings.reopen, name="reopen"),
    path("partnerships/<uuid:key>/history/", settings.history, name="history"),
]
