"""The keys app."""

from __future__ import annotations

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """Rotates keys. It keeps nothing itself: keys stand in the key file."""

    name = "keguan.runtime.keys"
    label = "keys"
    verbose_name = "密钥"
