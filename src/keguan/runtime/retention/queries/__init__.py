"""What may be asked about retention. Values of records come back through ``access`` (``Exit.DISPOSAL``)."""

from __future__ import annotations

from keguan.runtime.retention.queries.batches import (
    BatchRow,
    BatchView,
    ItemRow,
    batch_of_case,
    batch_view,
    batches,
)
from keguan.runtime.retention.queries.holds import HoldRow, holds
from keguan.runtime.retention.queries.listed import DestroyedRow, destroyed, provable, prove
from keguan.runtime.retention.queries.of_record import KeptLine, kept_lines
from keguan.runtime.retention.queries.overview import Overview, PileRow, Task, overview, tasks
from keguan.runtime.retention.queries.stored_only import AsideRow, AsideView, aside_view, asides

__all__ = [
    "AsideRow",
    "AsideView",
    "BatchRow",
    "BatchView",
    "DestroyedRow",
    "HoldRow",
    "ItemRow",
    "KeptLine",
    "Overview",
    "PileRow",
    "Task",
    "aside_view",
    "asides",
    "batch_of_case",
    "batch_view",
    "batches",
    "destroyed",
    "holds",
    "kept_lines",
    "overview",
    "provable",
    "prove",
    "tasks",
]
