"""The intake app."""

from __future__ import annotations

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Cases begun by customers themselves, and their query codes."""

    name = "keguan.runtime.intake"
    label = "intake"
    verbose_name = "网上受理"
    default_auto_field = "django.db.models.BigAutoField"
