"""The staff pages as a Django application: it holds templates and static files, and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers ``keguan.web`` under the label ``web``."""

    name = "keguan.web"
    label = "web"
