"""Addresses of allocations."""

from __future__ import annotations

from django.urls import path

from keguan.web.allocations import runs

app_name = "allocations"
urlpatterns = [
    path("", runs.overview, name="overview"),
    path("begin", runs.begin, name="begin"),
    path("<int:run_id>/", runs.run, name="run"),
    path("<int:run_id>/state", runs.state, name="state"),
    path("<int:run_id>/lines", runs.lines, name="lines"),
]
