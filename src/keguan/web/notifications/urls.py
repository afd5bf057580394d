"""Addresses of the pages about notices."""

from __future__ import annotations

from django.urls import path

from keguan.web.notifications import channels, contacts, deliveries, inbox, preferences

app_name = "notifications"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read/", inbox.read_all, name="read_all"),
    path("<int:notice>/", inbox.follow, name="follow"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("contacts/<slug:kind>/", contacts.contact, name="contact"),
    path("contacts/<slug:kind>/code/", contacts.code, name="code"),
    path("contacts/<slug:kind>/confirm/", contacts.confirm, name="confirm"),
    path("channels/", channels.listing, name="channels"),
    path("channels/new/<slug:kind>/", channels.new, name="new_channel"),
    path("channels/<int:channel>/", channels.channel, name="channel"),
    path("channels/<int:channel>/switch/", channels.switch, name="switch"),
    path("channels/<int:channel>/try/", channels.begin_trial, name="try"),
    path("trials/<int:delivery>/", channels.trial, name="trial"),
    path("deliveries/", deliveries.listing, name="deliveries"),
    path("deliveries/<int:delivery>/again/", deliveries.again, name="again"),
    path("deliveries/<int:delivery>/settle/", deliveries.settle, name="settle"),
]
