"""Addresses of the record pages; the same for every record type."""

from __future__ import annotations

from django.urls import path

from keguan.web.records import changing, revealing, views

app_name = "records"
urlpatterns = [
    path("<slug:type>/", views.listing_page, name="list"),
    path("<slug:type>/new/", changing.new, name="new"),
    path("<slug:type>/options/", changing.options, name="options"),
    path("<slug:type>/views/", views.save_view, name="save-view"),
    path("<slug:type>/views/<int:id>/remove/", views.remove_view, name="remove-view"),
    path("<slug:type>/<int:id>/", views.record, name="record"),
    path("<slug:type>/<int:id>/drawer/", views.drawer, name="drawer"),
    path("<slug:type>/<int:id>/edit/", changing.edit, name="edit"),
    path("<slug:type>/<int:id>/reveal/<slug:field>/", revealing.reveal, name="reveal"),
    path("<slug:type>/<int:id>/why/<slug:decision>/", views.why_page, name="why"),
]
