"""Addresses of access reviews."""

from __future__ import annotations

from django.urls import path

from keguan.web.reviews import views

app_name = "reviews"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new", views.start, name="start"),
    path("answer", views.answer, name="answer"),
    path("<int:review>/", views.review, name="review"),
    path("<int:review>/close", views.close, name="close"),
]
