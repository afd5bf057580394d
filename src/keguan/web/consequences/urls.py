"""Addresses of the pages of consequences."""

from __future__ import annotations

from django.urls import path

from keguan.web.consequences import boxes

app_name = "consequences"
urlpatterns = [
    path("", boxes.boxes, name="boxes"),
    path("<int:proposal_id>/", boxes.proposal, name="proposal"),
]
