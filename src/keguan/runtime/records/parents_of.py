"""What a stored record refers to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.records.encoding import column_names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import RecordType


def referred(declared: RecordType, row: Mapping[str, Any]) -> dict[str, tuple[int, ...]]:
    """The ids of the records that a stored row refers to, by record type."""
    found: dict[str, tuple[int, ...]] = {}
    for field in declared.fields:
        value = row[column_names(field)[0]] if field.target is not None else None
        if field.target is not None and isinstance(value, int):
            found[field.target] = (*found.get(field.target, ()), value)
    return found
