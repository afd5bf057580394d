"""Exporting, fetching what was exported, calling it off; printing a record; taking a table of figures away."""

from __future__ import annotations

from keguan.runtime.exports.actions.begin import Export
from keguan.runtime.exports.actions.cancel import CancelExport
from keguan.runtime.exports.actions.download import Download, Given
from keguan.runtime.exports.actions.printing import PrintedRecord, PrintRecord
from keguan.runtime.exports.actions.tables import ExportTable, Table, TableFile
from keguan.runtime.exports.actions.trace import Source, TraceExport

__all__ = [
    "CancelExport",
    "Download",
    "Export",
    "ExportTable",
    "Given",
    "PrintRecord",
    "PrintedRecord",
    "Source",
    "Table",
    "TableFile",
    "TraceExport",
]
