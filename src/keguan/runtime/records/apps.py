"""The records app."""

from __future__ import annotations

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Makes and widens the record tables whenever a policy is published."""

    name = "keguan.runtime.records"
    label = "records"
    verbose_name = "档案"

    def ready(self) -> None:
        """Take part in every publication, and say where sealed values lie."""
        from keguan.runtime.access.sealed_columns import register, register_source
        from keguan.runtime.attachments.models import Attachment
        from keguan.runtime.policies.hooks import on_publish
        from keguan.runtime.records.bulk import asking
        from keguan.runtime.records.files import belonging
        from keguan.runtime.records.merging import kept_rows
        from keguan.runtime.records.pointing import Pointing, points
        from keguan.runtime.records.saved_views import SEALED
        from keguan.runtime.records.sealed_fields import sealed_fields
        from keguan.runtime.records.tables import prepare
        from keguan.runtime.records.taken_along import register as taken

        on_publish(prepare)
        register(SEALED, asking.SEALED, *kept_rows.SEALED)
        register_source(sealed_fields)
        points(Pointing(Attachment))
        taken("attachments", belonging.destroy)
