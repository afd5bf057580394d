"""Whose the records are that cases are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.columns import condition_columns, place_columns
from keguan.runtime.access.viewer import Place, place_of
from keguan.runtime.records.classes import attribute, rows_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.model import Model
    from keguan.runtime.processes.models import Case


def place_of_record(model: Model, record_type: str, record_id: int) -> Place | None:
    """Where a record stands; None when there is no such record. One query."""
    return places(model, record_type, [record_id]).get(record_id)


def places(model: Model, record_type: str, ids: Collection[int]) -> dict[int, Place]:
    """Where these records stand, by id. One query."""
    known = [record_id for record_id in ids if 0 < record_id <= LARGEST_ID]
    names = place_columns(model, record_type)
    found = rows_of(model, record_type).filter(id__in=known).values_list(*map(attribute, names))
    rows = (dict(zip(names, row, strict=True)) for row in found)
    return {row["id"]: place_of(row) for row in rows}


def place_of_case(model: Model, case: Case) -> Place:
    """Where a case stands, with the conditions of access rows that its record meets. One query where there are any."""
    record_type, record_id = case.record_type, case.record_id
    if record_type not in model.record_types or not condition_columns(model, record_type):
        return Place(case.owner_id, case.unit_id)
    found = place_of_record(model, record_type, record_id)
    return Place(case.owner_id, case.unit_id, frozenset() if found is None else found.conditions)
