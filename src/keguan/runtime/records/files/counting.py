"""What a record's row says of its files: how many lie under each field, nothing where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.attachments.queries import numbers

if TYPE_CHECKING:
    from keguan.language.model.model import RecordType
    from keguan.runtime.access.sealed_values import Value


def counted(declared: RecordType, record_id: int) -> dict[str, Value | None]:
    """The values of a record's attachment fields, from the files that there are now. One query where it has any."""
    fields = [each.code for each in declared.fields if each.files is not None]
    if not fields:
        return {}
    there = numbers(declared.code, record_id)
    return {code: there.get(code) for code in fields}
