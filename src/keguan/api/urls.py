"""Where the API is."""

from __future__ import annotations

from django.urls import path

from keguan.api.application import api

urlpatterns = [path("v1/", api.urls)]
