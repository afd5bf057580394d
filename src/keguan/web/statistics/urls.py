"""Addresses of the statistics."""

from __future__ import annotations

from django.urls import path

from keguan.web.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.first, name="first"),
    path("cases/<slug:process>/", views.overview, name="cases"),
    path("cases/<slug:process>/export/", views.export, name="export"),
    path("cases/<slug:process>/list/", views.listing, name="list"),
]
