"""Jobs as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Jobs, and the worker that does them."""

    name = "keguan.runtime.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Load ``jobs.py`` of every app, where its jobs are registered."""
        autodiscover_modules("jobs")
