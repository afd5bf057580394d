"""The processes app."""

from __future__ import annotations

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    """Cases and the moves that take them on."""

    name = "keguan.runtime.processes"
    label = "processes"
    verbose_name = "案件"

    def ready(self) -> None:
        """Listen for changed records, have documents written, and have what is due swept every minute."""
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.processes import documents, reactions, writing

        reactions.subscribe_all()
        documents.on_completed(writing.write)
        every_minute("cases.daily", "keguan.runtime.processes.daily.catch_up")
        sweeping = "keguan.runtime.processes.sweeping"
        every_minute("cases.sweep", f"{sweeping}.every_minute", f"{sweeping}.next_moment")
