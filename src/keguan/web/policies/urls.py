"""Addresses of the policy pages."""

from __future__ import annotations

from django.urls import path

from keguan.web.policies import editing, views

app_name = "policies"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:pack>/", views.document, name="document"),
    path("<slug:pack>/draft/", editing.draft, name="draft"),
    path("<slug:pack>/check/", editing.check, name="check"),
    path("<slug:pack>/trial/", editing.trial, name="trial"),
    path("<slug:pack>/publish/", editing.publish, name="publish"),
]
