"""The surveys app."""

from __future__ import annotations

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Asks customers after what a policy names, and listens for it."""

    name = "keguan.runtime.surveys"
    label = "surveys"
    verbose_name = "满意度"

    def ready(self) -> None:
        """Subscribe, register what is written to customers and what shows that surveys are alive, and the clock."""
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.notifications.outward import on_outward
        from keguan.runtime.surveys import composing, evidence, reactions

        reactions.subscribe_all()
        evidence.register()
        on_outward(composing.ABOUT, composing.invitation)
        sweeping = "keguan.runtime.surveys.sweeping"
        every_minute("surveys.sweep", f"{sweeping}.every_minute", f"{sweeping}.next_due")
