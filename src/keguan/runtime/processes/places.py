"""Whose the records are that cases are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.viewer import Place
from keguan.runtime.records.classes import rows_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.model import Model


def place_of_record(model: Model, record_type: str, record_id: int) -> Place | None:
    """Where a record stands; None when there is no such record. One query."""
    return places(model, record_type, [record_id]).get(record_id)


def places(model: Model, record_type: str, ids: Collection[int]) -> dict[int, Place]:
    """Where these records stand, by id. One query."""
    known = [record_id for record_id in ids if 0 < record_id <= LARGEST_ID]
    found = rows_of(model, record_type).filter(id__in=known).values_list("id", "owner_id", "unit_id")
    return {record_id: Place(owner_id, unit_id) for record_id, owner_id, unit_id in found}
