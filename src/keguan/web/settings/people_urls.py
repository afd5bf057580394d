"""Addresses of the pages about people."""

from __future__ import annotations

from django.urls import path

from keguan.web.settings import maintenance, people, proposals

app_name = "people"
urlpatterns = [
    path("", people.people, name="list"),
    path("new", people.add, name="add"),
    path("<int:staff>/", people.person, name="person"),
    path("<int:staff>/switch", proposals.switch, name="switch"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:proposal>", proposals.decide, name="decide"),
    path("appointments/<int:appointment>/end", proposals.end, name="end-appointment"),
    path("maintenance/", maintenance.maintenance, name="maintenance"),
]
