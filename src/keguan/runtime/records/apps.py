"""The records app."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Makes and widens the record tables whenever a policy is published."""

    name = "keguan.runtime.records"
    label = "records"
    verbose_name = "档案"

    def ready(self) -> None:
        """Take part in every publication."""
        from keguan.runtime.policies.hooks import on_publish
        from keguan.runtime.records.tables import prepare

        on_publish(prepare)
