"""The attachments app."""

from __future__ import annotations

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Files under records. What may be done to them are actions of the records."""

    name = "keguan.runtime.attachments"
    label = "attachments"
    verbose_name = "附件"

    def ready(self) -> None:
        """Say where names and keys lie, and see to files that nobody has any more."""
        from keguan.runtime.access import attached, sealed_columns
        from keguan.runtime.jobs.recurring import every_minute

        sealed_columns.register(*attached.SEALED)
        sweeping = "keguan.runtime.attachments.sweeping"
        every_minute("attachments.sweep", f"{sweeping}.sweep", f"{sweeping}.next_moment")
