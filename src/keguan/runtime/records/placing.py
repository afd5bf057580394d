"""Whose a new record is, and whether what it refers to may be referred to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.model import FieldKind
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.viewer import Place
from keguan.runtime.access.viewer import place_of as where
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.records.draft import NewRecord

References = dict[tuple[str, int], Place]
"""Records referred to, by (record type, id), with whose they are."""


def references(model: Model, record_type: str, rows: Iterable[Mapping[str, Value | None]]) -> References:
    """The records that these values refer to and that exist. One query for each referred-to type."""
    wanted: dict[str, set[int]] = {}
    fields = [each for each in model.record_types[record_type].fields if each.kind is FieldKind.REFERENCE]
    for values in rows:
        for field in fields:
            value = values.get(field.code)
            if field.target is not None and isinstance(value, int):
                wanted.setdefault(field.target, set()).add(value)
    return {
        (target, row["id"]): where(row) for target, ids in wanted.items() for row in rows_by_id(model, target, ids, ())
    }


def unreachable(
    viewer: Viewer, model: Model, declared: RecordType, values: Mapping[str, Value | None], found: References
) -> dict[str, str]:
    """A sentence for each reference to a record that does not exist or that the viewer may not know of."""
    errors: dict[str, str] = {}
    for field in declared.fields:
        value = values.get(field.code)
        if field.kind is not FieldKind.REFERENCE or field.target is None or not isinstance(value, int):
            continue
        place = found.get((field.target, value))
        if place is None or not reaches(viewer, field.target, place, model):
            errors[field.code] = _("没有这份档案，或者它不在您的可见范围内。请从列表里选择。")
    return errors


def place_of(viewer: Viewer, declared: RecordType, new: NewRecord, found: References) -> Place:
    """The given owner and unit; else those of the record it belongs to; else the viewer's own."""
    if new.owner_id is not None or new.unit_id is not None:
        return Place(new.owner_id, new.unit_id, fresh=True)
    parent = _parent(declared)
    if parent is not None and parent.target is not None:
        value = new.values.get(parent.code)
        if isinstance(value, int) and (parent.target, value) in found:
            above = found[parent.target, value]
            return Place(above.owner_id, above.unit_id, fresh=True)
    return Place(viewer.staff_id, viewer.unit_id, fresh=True)


def _parent(declared: RecordType) -> Field | None:
    """The reference that says whose record this is: the first that is always required."""
    fields: Sequence[Field] = declared.fields
    return next((each for each in fields if each.kind is FieldKind.REFERENCE and each.required is True), None)
