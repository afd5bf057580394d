"""The tokens app."""

from __future__ import annotations

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """API tokens: who may act through the API, and how far."""

    name = "keguan.runtime.tokens"
    label = "tokens"
    default_auto_field = "django.db.models.BigAutoField"
