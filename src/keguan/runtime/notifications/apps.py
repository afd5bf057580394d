"""The notifications app."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """What people are told, and the outbox."""

    name = "keguan.runtime.notifications"
    label = "notifications"
    verbose_name = "通知"

    def ready(self) -> None:
        """Have the outbox emptied every minute, say where addresses and secrets lie, and tell who gets records."""
        from keguan.runtime.access.sealed_columns import register
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.notifications import anchoring, appointments, handing_over, sign_in_alerts
        from keguan.runtime.notifications.sealing import SEALED

        handing_over.subscribe_all()
        appointments.subscribe_all()
        every_minute("notifications.deliver", "keguan.runtime.notifications.outbox.deliver")
        sign_in_alerts.register()
        anchoring.register_mailbox()
        register(*SEALED)
