"""The allocations app."""

from __future__ import annotations

from django.apps import AppConfig


class AllocationsConfig(AppConfig):
    """Shares records out and keeps pools. Its jobs are in ``jobs.py``, where the jobs app looks for them."""

    name = "keguan.runtime.allocations"
    label = "allocations"
    verbose_name = "分配"

    def ready(self) -> None:
        """Subscribe, show what is alive, and register what happens every minute."""
        from keguan.runtime.allocations import evidence, reactions
        from keguan.runtime.jobs.recurring import every_minute

        reactions.subscribe_all()
        evidence.register()
        every_minute("allocations.daily", "keguan.runtime.allocations.recycling.catch_up")
