"""The form with which a duty is discharged: what was typed into it, judged, and how it is kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.feel.stamps import CODES
from keguan.language.feel.walk import children
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.form import value_code
from keguan.runtime import clock
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import columns
from keguan.runtime.access.sealed_columns import SealedColumn
from keguan.runtime.access.sealed_values import from_text, written
from keguan.runtime.records.classes import attribute, rows_of
from keguan.runtime.records.filing import with_stamps
from keguan.runtime.records.parents import read_through, with_parents
from keguan.runtime.records.validation import read_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.form import Form
    from keguan.language.model.model import Model
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.records.validation import Typed

    Given = Mapping[str, Typed]


def read_form(model: Model, form: Form, record_id: int, typed: Given) -> tuple[dict[str, Value | None], dict[str, str]]:
    """The values in storage form by field code, and a sentence for each field that is wrong or missing.

    One query where a field is required by a condition, and one for every path of references it reads; a condition over
    child records reads none of them.
    """
    given = {code.removeprefix(f"{form.code}."): value for code, value in typed.items()}
    known = {field.code for field in form.fields}
    errors = {code: _("表单里没有这一项。") for code in given if code not in known}
    read = read_fields(form.fields, {code: given[code] for code in given if code in known})
    errors |= dict(read.errors)
    values = dict(read.values)
    conditional = [field for field in form.fields if not isinstance(field.required, bool)]
    if any(values.get(field.code) is None for field in conditional):
        day = clock.today()
        asked = [field.required for field in conditional if not isinstance(field.required, bool)]
        (above,) = with_parents(model, read_through(form.record_type, *asked), [_record(model, form, record_id)])
        record = {**above, **{value_code(form.code, c): v for c, v in values.items()}}
        against = Values(day, parameters_on(model.parameters, day), record)
        for field in conditional:
            condition = field.required
            if isinstance(condition, bool) or values.get(field.code) is not None or children(condition):
                continue
            if evaluate(condition, against) is True:
                errors.setdefault(field.code, _("必须填写。"))
    return values, errors


def seal_form(duty_id: int, values: Mapping[str, Value | None]) -> bytes:
    """Filled-in values as they are kept with a duty: sealed as one text, whatever is sensitive among them."""
    text = json.dumps({code: written(value) for code, value in values.items()}, ensure_ascii=False)
    return crypto.seal(_WHERE, duty_id, text)


def open_form(form: Form, duty_id: int, sealed: bytes) -> dict[str, Value | None]:
    """The values again, for those who may see them: for ``Exit.DUTY`` to show. Raises ``crypto.Unsealable``."""
    kept = json.loads(crypto.open_sealed(_WHERE, duty_id, bytes(sealed)))
    types = {field.code: field.type for field in form.fields}
    return {
        code: from_text(types[code], value) if isinstance(value, str) else value
        for code, value in kept.items()
        if code in types
    }


_WHERE = crypto.place("duty", "form")

SEALED = SealedColumn("duties_duty", "filled", lambda duty_id, _reads: (_WHERE, duty_id))
"""Where what was filled in lies."""


def _record(model: Model, form: Form, record_id: int) -> dict[str, Value]:
    shown = [column for column in columns(model, form.record_type).values() if not column.sensitive]
    rows = rows_of(model, form.record_type).filter(id=record_id)
    stamps = sorted(CODES)
    found = rows.values_list(*(attribute(column.physical) for column in shown), *stamps).first()
    codes = [*(column.code for column in shown), *stamps]
    return {} if found is None else with_stamps(dict(zip(codes, found, strict=True)))
