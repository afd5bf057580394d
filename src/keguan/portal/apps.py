"""The customers' pages as a Django application: it holds templates and a style sheet, and no tables."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers ``keguan.portal`` under the label ``portal``."""

    name = "keguan.portal"
    label = "portal"
