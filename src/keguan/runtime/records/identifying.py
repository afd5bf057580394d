"""Which record is meant by what somebody typed, for the runtime's own use: nobody is told what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.naming import blind_index_column
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.encoding import column_names, encoder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Model
    from keguan.runtime.access.sealed_values import Value


def the_one(model: Model, record_type: str, values: Mapping[str, Value | None]) -> int | None:
    """The id of the record that has all these values; None when there is none, more than one, or a value is missing.

    Sensitive ones are compared by their blind index. One query.
    """
    if not values or any(value is None or value == "" for value in values.values()):
        return None
    declared, found = model.record_types[record_type], rows_of(model, record_type)
    for code, value in values.items():
        field = declared.field(code)
        if field.sensitive and value is not None:
            indexes = encoder(model, record_type).indexes(field, value)
            found = found.filter(**{f"{attribute(blind_index_column(code))}__in": indexes})
        else:
            found = found.filter(**{attribute(column_names(field)[0]): value})
    ids = list(found.order_by("id").values_list("id", flat=True)[:2])
    return ids[0] if len(ids) == 1 else None
