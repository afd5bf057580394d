"""Addresses of the quotas."""

from __future__ import annotations

from django.urls import path

from keguan.web.quotas import views

app_name = "quotas"
urlpatterns = [
    path("", views.first, name="first"),
    path("<slug:quota>/", views.meter, name="meter"),
]
