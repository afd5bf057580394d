"""Addresses of the pages about information classes and rights."""

from __future__ import annotations

from django.urls import path

from keguan.web.access import views

app_name = "access"
urlpatterns = [
    path("", views.classes, name="classes"),
    path("<slug:record_type>/", views.rights, name="rights"),
]
