"""What stands in the 人员 fields of a record that a row names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from keguan.language.model.naming import record_table
from keguan.runtime.duties.judging import extra_columns, quoted

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.duties.lines import Line


def persons_of(model: Model, line: Line, record_id: int) -> dict[str, int | None]:
    """The persons by field code, for one record. One query."""
    extra = extra_columns(model, line)
    if not extra:
        return {}
    shown = ", ".join(quoted(physical) for physical in extra.values())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {shown} FROM {quoted(record_table(line.duty.record_type))} WHERE id = %s", [record_id])
        row = cursor.fetchone()
    return (
        {}
        if row is None
        else {code: value for code, value in zip(extra, row, strict=True) if value is None or isinstance(value, int)}
    )
