"""Field by field, whose value the surviving record gets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.records.encoding import column_names
from keguan.runtime.records.merging.kept_rows import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Model

    Row = Mapping[str, Any]


def differing(model: Model, record_type: str, kept: Row, gone: Row) -> tuple[str, ...]:
    """Codes of the fields in which two records differ, in the policy's order; periods are made, not chosen."""
    declared = model.record_types[record_type]
    mine, theirs = texts(declared, kept), texts(declared, gone)
    return tuple(field.code for field in declared.fields if field.typed and mine[field.code] != theirs[field.code])


def usual_choice(model: Model, record_type: str, kept: Row, gone: Row) -> frozenset[str]:
    """Codes of the fields that are best taken from the record that goes: those that the other lacks; of two values the
    one on the record that was changed last.
    """
    declared = model.record_types[record_type]
    newer = gone["updated_at"] > kept["updated_at"]
    found = set()
    for code in differing(model, record_type, kept, gone):
        name = column_names(declared.field(code))[0]
        if gone[name] is not None and (kept[name] is None or newer):
            found.add(code)
    return frozenset(found)
