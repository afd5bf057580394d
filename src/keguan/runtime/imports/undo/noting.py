"""What an import changes in records that are there already, noted beside the change so that it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from keguan.runtime.access import crypto
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.imports.models import Before
from keguan.runtime.records.merging.kept_rows import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import RecordType

    Rows = Mapping[int, Mapping[str, Any]]

Change = dict[str, list[str | None]]
"""By field code, the text before and after."""


def note(declared: RecordType, import_id: int, before: Rows, after: Rows) -> None:
    """Keep what differs between two states of the same records."""
    noted = []
    for record_id, row in before.items():
        was, now = texts(declared, row), texts(declared, after[record_id])
        change = {code: [was[code], now[code]] for code in was if was[code] != now[code]}
        if change:
            sealed = crypto.seal(_place(declared.code), record_id, orjson.dumps(change).decode())
            noted.append(Before(of_id=import_id, record_type=declared.code, record_id=record_id, values=sealed))
    Before.objects.bulk_create(noted, batch_size=500)


def noted(record_type: str, row: Before) -> Change:
    """What was kept. Raises ``crypto.Unsealable``."""
    found: Change = orjson.loads(crypto.open_sealed(_place(record_type), row.record_id, bytes(row.values)))
    return found


def _place(record_type: str) -> str:
    return f"import/{record_type}"


SEALED = SealedColumn(
    "imports_before", "values", lambda _id, reads: (_place(reads[0]), reads[1]), ("record_type", "record_id")
)
"""Where they lie."""
