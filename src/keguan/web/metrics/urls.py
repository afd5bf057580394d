"""Addresses of the dashboard."""

from __future__ import annotations

from django.urls import path

from keguan.web.metrics import views

app_name = "metrics"
urlpatterns = [
    path("", views.dashboard, name="dashboard"),
    path("mine/", views.mine, name="mine"),
    path("recompute/", views.recompute, name="recompute"),
    path("export/", views.export, name="export"),
    path("<slug:figure>/", views.figure, name="figure"),
    path("<slug:figure>/list/", views.listing, name="list"),
]
