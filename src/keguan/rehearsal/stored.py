"""The stored rows themselves: what is tested must not be the one to tell how it stands."""

from __future__ import annotations

from typing import Any

from django.apps import apps

Row = dict[str, Any]

WATCHED = (
    "processes.Case",
    "processes.Task",
    "processes.Share",
    "processes.Value",
    "processes.Move",
    "processes.Pause",
    "duties.Duty",
    "duties.Proof",
    "consequences.Proposal",
    "permits.Permit",
    "exports.Export",
    "retention.Batch",
    "retention.Witness",
    "departures.Departure",
    "records.Transfer",
    "org.Appointment",
    "notifications.Notification",
    "ledger.Entry",
)
"""What may not have changed when something was refused, beside the records."""


def rows(kind: str, **wanted: Any) -> list[Row]:
    """The rows of a table, oldest first; ``kind`` is ``app.Model``."""
    manager = apps.get_model(kind)._default_manager  # noqa: SLF001 - Django's documented way to any model's rows
    return list(manager.filter(**wanted).order_by("pk").values())


def row(kind: str, key: int) -> Row:
    """One row by its key."""
    (found,) = rows(kind, pk=key)
    return found
