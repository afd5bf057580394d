"""The metrics app."""

from __future__ import annotations

from django.apps import AppConfig


class MetricsConfig(AppConfig):
    """Works figures out on a new day and after a publication, and speaks for metrics as evidence."""

    name = "keguan.runtime.metrics"
    label = "metrics"
    verbose_name = "指标"

    def ready(self) -> None:
        """Subscribe, register the job and the evidence, and look every minute."""
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.ledger.events import subscribe
        from keguan.runtime.metrics import evidence, jobs
        from keguan.runtime.policies.events import Published

        subscribe(Published, jobs.published)
        evidence.register()
        every_minute("metrics.daily", "keguan.runtime.metrics.jobs.catch_up")
