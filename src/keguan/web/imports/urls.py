"""Addresses of the import pages."""

from __future__ import annotations

from django.urls import path

from keguan.web.imports import undoing, views

app_name = "imports"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/", views.new, name="new"),
    path("template/<slug:record_type>/", views.template, name="template"),
    path("<int:import_id>/", views.one, name="import"),
    path("<int:import_id>/state/", views.state, name="state"),
    path("<int:import_id>/sheet/", views.sheet, name="sheet"),
    path("<int:import_id>/check/", views.check, name="check"),
    path("<int:import_id>/start/", views.start, name="start"),
    path("<int:import_id>/cancel/", views.cancel, name="cancel"),
    path("<int:import_id>/errors/", views.errors, name="errors"),
    path("<int:import_id>/undo/", undoing.undo, name="undo"),
]
