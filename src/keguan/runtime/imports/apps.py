"""The imports app."""

from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Imports and the rows they gave back. Its jobs are in ``jobs.py``, where the jobs app looks for them."""

    name = "keguan.runtime.imports"
    label = "imports"
    verbose_name = "导入"
