"""Writing down what was entered into a form, and carrying it into the record where the policy says so (存入)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.process import Right
from keguan.runtime.access.form_sight import Filled, open_form_value, sealed
from keguan.runtime.access.sealed_values import from_text
from keguan.runtime.processes import conditions
from keguan.runtime.processes.forms.held import encoded, held
from keguan.runtime.processes.models import Value as Row
from keguan.runtime.records.actions import UpdateByPolicy

if TYPE_CHECKING:
    from keguan.language.model.form import Form, FormField
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.forms.entering import Entered
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

_LOCKED = frozenset({Right.READ, Right.HIDDEN})


def store(viewer: Viewer | None, standing: Standing, task: Task, entered: Entered, *, submitted: bool) -> None:
    """Write what was entered. ``submitted``: the step is completed, so that what the record gave beforehand is kept as
    well and fields with a target are written into the record, in the system's name (``viewer`` caused it).

    Two queries and one for each new or changed value. Raises ``Refused`` when the record cannot take a value.
    """
    form = entered.form
    if form is None:
        return
    by = None if viewer is None else viewer.staff_id
    found = {code: _made(standing, form, form.field(code), value, by) for code, value in entered.values.items()}
    if submitted:
        found |= entered.beforehand
    _write(standing, task, form, found)
    if submitted and viewer is not None:
        _carry(viewer, standing, task, form)


def _made(standing: Standing, form: Form, field: FormField, value: Value | None, by: int | None) -> Filled:
    if value is not None and field.sensitive:
        return Filled(sealed=sealed(form.code, field, standing.case.pk, value), by=by)
    return Filled(plain=value, by=by)


def _write(standing: Standing, task: Task, form: Form, found: dict[str, Filled]) -> None:
    known = held(standing)
    changed = {code: each for code, each in found.items() if known.get((form.code, code)) != each}
    rows = [
        Row(
            case_id=standing.case.pk,
            form=form.code,
            field=code,
            plain=None if each.sealed is not None else encoded(each.plain),
            sealed=each.sealed,
            task=task,
            set_by_id=each.by,
            set_at=standing.now,
        )
        for code, each in changed.items()
    ]
    if rows:
        Row.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["case", "form", "field"],
            update_fields=["plain", "sealed", "task", "set_by_id", "set_at"],
        )
    known |= {(form.code, code): each for code, each in changed.items()}


def _carry(viewer: Viewer, standing: Standing, task: Task, form: Form) -> None:
    """What stands in the fields with a target that this step may fill in; an empty one leaves the record as it is."""
    known, rights, case = held(standing), standing.step(task).rights, standing.case
    into: dict[str, Value | None] = {}
    for field in form.fields:
        stands = known.get((form.code, field.code), Filled())
        if field.target is None or stands.empty or rights.get(field.code) in _LOCKED:
            continue
        into[field.target] = _clear(standing, form, field, stands)
    if not into:
        return
    UpdateByPolicy(
        viewer=viewer,
        record_type=case.record_type,
        id=case.record_id,
        values=into,
        clause=form.clause,
        cause={"case": case.pk, "number": case.number, "step": task.step, "form": form.code},
    ).run()
    conditions.forget(standing)  # what was read of the record before is no longer true


def _clear(standing: Standing, form: Form, field: FormField, stands: Filled) -> Value | None:
    """A value in storage form; a sensitive one is in clear on its way from one sealed place to another."""
    if stands.sealed is None:
        return stands.plain
    return from_text(field.type, open_form_value(form.code, field, standing.case.pk, stands.sealed))
