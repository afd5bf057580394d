"""Addresses of the import pages."""

from __future__ import annotations

from django.urls import path

from keguan.web.imports import views

app_name = "imports"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("template/<slug:type>/", views.template, name="template"),
    path("<int:id>/", views.one, name="import"),
    path("<int:id>/state/", views.state, name="state"),
    path("<int:id>/sheet/", views.sheet, name="sheet"),
    path("<int:id>/check/", views.check, name="check"),
    path("<int:id>/start/", views.start, name="start"),
    path("<int:id>/cancel/", views.cancel, name="cancel"),
    path("<int:id>/errors/", views.errors, name="errors"),
]
