"""The permits app."""

from __future__ import annotations

from django.apps import AppConfig


class PermitsConfig(AppConfig):
    """Rights granted by cases: listens for the end of the cases that decide."""

    name = "keguan.runtime.permits"
    label = "permits"
    verbose_name = "准予"

    def ready(self) -> None:
        """Subscribe, answer the choke point's question, and see to what runs out."""
        from keguan.runtime.access import permits_door, sealed_columns
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.permits import reactions, standing
        from keguan.runtime.permits.models import Permit
        from keguan.runtime.permits.selected import SEALED
        from keguan.runtime.records.pointing import Pointing, points

        sealed_columns.register(SEALED)
        reactions.subscribe_all()
        points(Pointing(Permit, "request_type", "request_id"))
        permits_door.register(standing.standing, standing.spend)
        sweeping = "keguan.runtime.permits.sweeping"
        every_minute("permits.expire", f"{sweeping}.expire", f"{sweeping}.next_moment")
