"""A whole record's values, with everything that is wrong with them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.clock import today as clock_today
from keguan.runtime.records.validation.invalid import Invalid
from keguan.runtime.records.validation.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from keguan.language.model.form import FormField
    from keguan.language.model.model import Field, RecordType
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.records.validation.invalid import Typed


@dataclass(frozen=True, slots=True)
class Read:
    """Stored values by field code (None where nothing was given) and a sentence for each field that is wrong."""

    values: dict[str, Value | None]
    errors: dict[str, str]


def read(
    record_type: RecordType, typed: Mapping[str, Typed], today: date | None = None, *, complete: bool = True
) -> Read:
    """Parse the given fields of a record type (see ``read_fields``)."""
    given = (field for field in record_type.fields if field.typed)
    return read_fields(given, typed, today, complete=complete)


def read_fields(
    fields: Iterable[Field | FormField], typed: Mapping[str, Typed], today: date | None = None, *, complete: bool = True
) -> Read:
    """Parse the given fields. With ``complete``, a missing field that is always required is an error too.

    Codes that are none of the fields are ignored.
    """
    day = today or clock_today()
    values: dict[str, Value | None] = {}
    errors: dict[str, str] = {}
    for field in fields:
        if field.code not in typed and not complete:
            continue
        try:
            value = parse(field, typed.get(field.code), day)
        except Invalid as invalid:
            errors[field.code] = invalid.sentence
            continue
        values[field.code] = value
        if value is None and field.required is True:
            errors[field.code] = _("必须填写。")
    return Read(values, errors)
