"""Organisation as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """Units, staff, appointments, sign-in."""

    name = "keguan.runtime.org"
    label = "org"
