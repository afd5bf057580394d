"""Addresses of the policy pages."""

from __future__ import annotations

from django.urls import path

from keguan.web.policies import editing, moving, panels, views

DRAFT = "<slug:pack>/drafts/<int:number>/"

app_name = "policies"
urlpatterns = [
    path("", views.listing, name="list"),
    path("<slug:pack>/", views.document, name="document"),
    path("<slug:pack>/confirm/", moving.confirm, name="confirm"),
    path("<slug:pack>/drafts/", editing.start, name="start"),
    path(DRAFT, editing.draft, name="draft"),
    path(f"{DRAFT}check/", editing.check, name="check"),
    path(f"{DRAFT}save/", editing.save, name="save"),
    path(f"{DRAFT}copy/", editing.copy, name="copy"),
    path(f"{DRAFT}preview/", panels.preview, name="preview"),
    path(f"{DRAFT}changes/", panels.changes, name="changes"),
    path(f"{DRAFT}trial/", panels.trial, name="trial"),
    path(f"{DRAFT}process/", panels.process, name="process"),
    path(f"{DRAFT}step/", moving.step, name="step"),
]
