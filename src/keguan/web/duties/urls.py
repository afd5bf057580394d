"""Addresses of the duty pages."""

from __future__ import annotations

from django.urls import path

from keguan.web.duties import agenda, boxes, details

app_name = "duties"
urlpatterns = [
    path("", boxes.boxes, name="boxes"),
    path("calendar/", agenda.month, name="calendar"),
    path("<int:duty_id>/", details.duty, name="duty"),
    path("<int:duty_id>/moves/<slug:kind>/", details.make, name="move"),
]
