"""The retention app."""

from __future__ import annotations

from django.apps import AppConfig


class RetentionConfig(AppConfig):
    """How long records are kept and what becomes of them: guards, computes every day, destroys what is witnessed."""

    name = "keguan.runtime.retention"
    label = "retention"
    verbose_name = "保存"

    def ready(self) -> None:
        """Subscribe, guard records, speak for what belongs to them, and register what happens every minute."""
        from keguan.runtime.access.sealed_columns import register_source
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.records.objections import objects
        from keguan.runtime.retention import belongings, evidence, reactions
        from keguan.runtime.retention.aside import sealed_aside
        from keguan.runtime.retention.holding import objection

        reactions.subscribe_all()
        belongings.register_all()
        evidence.register()
        objects("retention", objection)
        register_source(sealed_aside)
        every_minute("retention.daily", "keguan.runtime.retention.working.catch_up")
