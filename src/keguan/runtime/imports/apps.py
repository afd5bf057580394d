"""The imports app."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Imports and the rows they gave back. Its jobs are in ``jobs.py``, where the jobs app looks for them."""

    name = "keguan.runtime.imports"
    label = "imports"
    verbose_name = "导入"

    def ready(self) -> None:
        """Say where the values from before an import lie, and how they go with their records."""
        from keguan.runtime.access.sealed_columns import register
        from keguan.runtime.imports import letting_go
        from keguan.runtime.imports.undo.noting import SEALED
        from keguan.runtime.records import taken_along

        register(SEALED)
        taken_along.register("imports", letting_go.imports)
