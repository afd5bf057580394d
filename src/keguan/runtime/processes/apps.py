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
        from django.db.models import Q

        from keguan.runtime.access import document_text, form_sight
        from keguan.runtime.access.sealed_columns import register
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.processes import documents, reactions, writing
        from keguan.runtime.processes.models import Case, CaseState
        from keguan.runtime.records.pointing import Pointing, points

        reactions.subscribe_all()
        documents.on_completed(writing.write)
        register(form_sight.SEALED, document_text.SEALED)
        points(Pointing(Case, placed=True, live=Q(state=CaseState.OPEN)))
        every_minute("cases.daily", "keguan.runtime.processes.daily.catch_up")
        sweeping = "keguan.runtime.processes.sweeping"
        every_minute("cases.sweep", f"{sweeping}.every_minute", f"{sweeping}.next_moment")
