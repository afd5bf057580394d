"""The notifications app."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What people are told, and the outbox."""

    name = "keguan.runtime.notifications"
    label = "notifications"
    verbose_name = "通知"

    def ready(self) -> None:
        """Have the outbox emptied every minute."""
        from keguan.runtime.jobs.recurring import every_minute

        every_minute("notifications.deliver", "keguan.runtime.notifications.outbox.deliver")
