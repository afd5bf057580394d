"""Addresses of departures."""

from __future__ import annotations

from django.urls import path

from keguan.web.departures import views

app_name = "departures"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/<int:staff>", views.leave, name="leave"),
    path("orphans", views.orphans, name="orphans"),
    path("<int:departure>/", views.departure, name="departure"),
    path("<int:departure>/end", views.end, name="end"),
    path("<int:departure>/hand-over", views.hand_over, name="hand-over"),
    path("<int:departure>/hand-over/<int:handing>/", views.handing, name="handing"),
    path("<int:departure>/hand-over/<int:handing>/stop", views.stop, name="handing-stop"),
    path("<int:departure>/kept/<slug:record_type>", views.kept, name="kept"),
]
