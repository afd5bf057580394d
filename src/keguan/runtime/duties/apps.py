"""The duties app."""

from __future__ import annotations

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """Duties as they fall due: makes them, counts evidence, and lets the clock remind and escalate."""

    name = "keguan.runtime.duties"
    label = "duties"
    verbose_name = "待办"

    def ready(self) -> None:
        """Subscribe, register the evidence of duties and checklists, and what happens every minute."""
        from keguan.runtime.access.sealed_columns import register
        from keguan.runtime.duties import evidence, filling, pointing, reactions
        from keguan.runtime.jobs.recurring import every_minute

        reactions.subscribe_all()
        evidence.register()
        register(filling.SEALED)
        pointing.register()
        every_minute("duties.rounds", "keguan.runtime.duties.rounds.catch_up")
        sweeping = "keguan.runtime.duties.sweeping"
        every_minute("duties.sweep", f"{sweeping}.sweep_all", f"{sweeping}.next_moment")
        every_minute("duties.reseat", "keguan.runtime.duties.reseating.reseat")
