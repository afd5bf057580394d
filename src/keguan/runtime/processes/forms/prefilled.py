"""What a form is filled in with beforehand from the case's record (取自)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from keguan.runtime.access.columns import columns
from keguan.runtime.access.form_sight import Filled, carried, sealed
from keguan.runtime.processes.forms.held import held
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from keguan.language.model.form import Form, FormField
    from keguan.runtime.processes.standing import Standing


def prefilled(standing: Standing, form: Form) -> dict[str, Filled]:
    """What the record gives for the fields in which nothing has ever been put; only those for which it has a value.

    At most one query. A sensitive value is sealed anew for the form, without being shown to anyone.
    """
    known = held(standing)
    wanted = [field for field in form.fields if field.source is not None and (form.code, field.code) not in known]
    if not wanted:
        return {}
    case = standing.case
    codes = [field.source for field in wanted if field.source is not None]
    rows = rows_by_id(standing.model, case.record_type, [case.record_id], codes)
    if not rows:
        return {}
    found = {field.code: _taken(standing, form, field, rows[0]) for field in wanted}
    return {code: each for code, each in found.items() if not each.empty}


def _taken(standing: Standing, form: Form, field: FormField, row: dict[str, Any]) -> Filled:
    case = standing.case
    column = columns(standing.model, case.record_type)[field.source or ""]
    value = row[column.physical]
    if value is None:
        return Filled()
    if column.sensitive:
        return Filled(sealed=carried(case.record_type, column.code, row["id"], value, form.code, field, case.pk))
    if field.sensitive:
        return Filled(sealed=sealed(form.code, field, case.pk, value))
    return Filled(plain=value)
