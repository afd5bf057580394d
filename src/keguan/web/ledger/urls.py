"""Addresses of the ledger's pages."""

from __future__ import annotations

from django.urls import path

from keguan.web.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.listing, name="list"),
    path("verify/", views.verify, name="verify"),
    path("verify/<int:job>/", views.proof, name="proof"),
    path("export/", views.export, name="export"),
    path("key/", views.public_key, name="key"),
    path("searches/", views.save_search, name="save_search"),
    path("searches/<int:search>/drop/", views.drop_search, name="drop_search"),
]
