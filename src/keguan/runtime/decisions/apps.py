"""The decisions app."""

from __future__ import annotations

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Listens for changed records and new publications, and speaks for decisions as evidence."""

    name = "keguan.runtime.decisions"
    label = "decisions"
    verbose_name = "判定"

    def ready(self) -> None:
        """Subscribe, and register the evidence of decisions."""
        from keguan.runtime.decisions import evidence, reactions
        from keguan.runtime.jobs.recurring import every_minute

        reactions.subscribe_all()
        evidence.register()
        every_minute("decisions.daily", "keguan.runtime.decisions.daily.catch_up")
