"""Addresses of the pages of surveys."""

from __future__ import annotations

from django.urls import path

from keguan.web.surveys import invitations, views

app_name = "surveys"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("call-backs/", invitations.call_backs, name="call-backs"),
    path("invitations/<int:invitation_id>/", invitations.invitation, name="invitation"),
    path("<slug:survey>/<slug:field>/", views.results, name="results"),
    path("<slug:survey>/<slug:field>/answers/", views.answers, name="answers"),
]
