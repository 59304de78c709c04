from __future__ import annotations

from django.urls import path

from .views import invitations, organisations, people, profiles

app_name = "cse_members"

ORGANISATION = "organisations/<slug:slug>"

urlpatterns = [
    path("organisations/", organisations.DirectoryView.as_view(), name="directory"),
    path("secretariat/organisations/", organisations.OrganisationListView.as_view(), name="organisation-list"),
    path(
        "secretariat/organisations/new/", organisations.OrganisationCreateView.as_view(), name="organisation-create"
    ),
    path(f"{ORGANISATION}/people/", organisations.OrganisationPeopleView.as_view(), name="organisation"),
    path(f"{ORGANISATION}/facts/", organisations.FactsView.as_view(), name="organisation-facts"),
    path(f"{ORGANISATION}/profile/", profiles.ProfileEditView.as_view(), name="profile-edit"),
    path(f"{ORGANISATION}/suspend/", organisations.SuspendView.as_view(), name="organisation-suspend"),
    path(f"{ORGANISATION}/reactivate/", organisations.ReactivateView.as_view(), name="organisation-reactivate"),
    path(f"{ORGANISATION}/invite/", people.InviteView.as_view(), name="invite"),
    path(
        f"{ORGANISATION}/invitations/<uuid:uuid>/resend/",
        people.InvitationResendView.as_view(),
        name="invitation-resend",
    ),
    path(
        f"{ORGANISATION}/invitations/<uuid:uuid>/withdraw/",
        people.InvitationWithdrawView.as_view(),
        name="invitation-withdraw",
    ),
    path(f"{ORGANISATION}/people/<int:pk>/", people.SeatChangeView.as_view(), name="seat-change"),
    path(f"{ORGANISATION}/people/<int:pk>/remove/", people.SeatRemoveView.as_view(), name="seat-remove"),
    path(f"{ORGANISATION}/mandates/new/", people.MandateGiveView.as_view(), name="mandate-give"),
    path(
        f"{ORGANISATION}/mandates/<uuid:uuid>/withdraw/",
        people.MandateWithdrawView.as_view(),
        name="mandate-withdraw",
    ),
    path("invitations/<str:token>/", invitations.InvitationView.as_view(), name="invitation"),
    path("invitations/<str:token>/ask/", invitations.InvitationAskView.as_view(), name="invitation-ask"),
    path(
        "invitations/<str:token>/sign-out/",
        invitations.InvitationSignOutView.as_view(),
        name="invitation-sign-out",
    ),
]
