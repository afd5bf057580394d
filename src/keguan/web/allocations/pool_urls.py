"""Addresses of pools."""

from __future__ import annotations

from django.urls import path

from keguan.web.allocations import pools

app_name = "pools"
urlpatterns = [
    path("", pools.listing, name="list"),
    path("<slug:code>/", pools.pool, name="pool"),
]
