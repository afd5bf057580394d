"""The exports app."""

from __future__ import annotations

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Files made of records. Its jobs are in ``jobs.py``, where the jobs app looks for them."""

    name = "keguan.runtime.exports"
    label = "exports"
    verbose_name = "导出"

    def ready(self) -> None:
        """Say where selections lie, and see to files whose time is over."""
        from keguan.runtime.access import sealed_columns
        from keguan.runtime.exports.asked import SEALED
        from keguan.runtime.jobs.recurring import every_minute

        sealed_columns.register(SEALED)
        sweeping = "keguan.runtime.exports.sweeping"
        every_minute("exports.expire", f"{sweeping}.expire", f"{sweeping}.next_moment")
        every_minute("exports.settle", f"{sweeping}.settle")
