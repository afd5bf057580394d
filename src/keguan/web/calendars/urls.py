"""Addresses of the calendar's pages."""

from __future__ import annotations

from django.urls import path

from keguan.web.calendars import views

app_name = "calendars"
urlpatterns = [
    path("", views.year, name="year"),
    path("day", views.set_day, name="day"),
    path("hours", views.set_hours, name="hours"),
    path("notice", views.read_in, name="notice"),
    path("confirm", views.confirm, name="confirm"),
]
