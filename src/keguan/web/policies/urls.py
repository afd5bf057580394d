"""Addresses of the policy pages."""

from __future__ import annotations

from django.urls import path

from keguan.web.policies import beginning, editing, moving, panels, printing, trials, views

DRAFT = "<slug:pack>/drafts/<int:number>/"

app_name = "policies"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new_policy/", beginning.new, name="new"),  # no pack has an underscore in its name
    path("new_policy/file/", beginning.bring_in, name="bring_in"),
    path("new_policy/example/", beginning.example, name="example"),
    path("<slug:pack>/", views.document, name="document"),
    path("<slug:pack>/versions/<str:version>/<slug:form>/", printing.version, name="print"),
    path("<slug:pack>/confirm/", moving.confirm, name="confirm"),
    path("<slug:pack>/drafts/", editing.start, name="start"),
    path(DRAFT, editing.draft, name="draft"),
    path(f"{DRAFT}origin/", beginning.origin, name="origin"),
    path(f"{DRAFT}print/<slug:form>/", printing.draft, name="print_draft"),
    path(f"{DRAFT}check/", editing.check, name="check"),
    path(f"{DRAFT}save/", editing.save, name="save"),
    path(f"{DRAFT}copy/", editing.copy, name="copy"),
    path(f"{DRAFT}preview/", panels.preview, name="preview"),
    path(f"{DRAFT}changes/", panels.changes, name="changes"),
    path(f"{DRAFT}trial/", trials.trial, name="trial"),
    path(f"{DRAFT}trial/<slug:form>/", trials.download, name="trial_file"),
    path(f"{DRAFT}process/", panels.process, name="process"),
    path(f"{DRAFT}step/", moving.step, name="step"),
]
