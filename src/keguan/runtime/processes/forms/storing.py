"""Writing down what was entered into a form, and carrying it into the record where the policy says so (存入)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.process import Right
from keguan.runtime.access.form_sight import Filled, open_form_value, sealed
from keguan.runtime.access.sealed_values import from_text
from keguan.runtime.processes import conditions
from keguan.runtime.processes.forms.held import encoded, held, origins
from keguan.runtime.processes.models import Value as Row
from keguan.runtime.processes.standing import SIGNING
from keguan.runtime.records.actions import HandOverByPolicy, UpdateByPolicy

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.form import Form, FormField
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.forms.entering import Entered
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

_LOCKED = frozenset({Right.READ, Right.HIDDEN})


def store(viewer: Viewer | None, standing: Standing, task: Task, entered: Entered, *, submitted: bool) -> None:
    """Write what was entered. ``submitted``: the step is completed, so that what the record gave beforehand is kept as
    well and fields with a target that have changed since they were last carried are written into the record, in the
    system's name (``viewer`` caused it).

    Two queries and one for each new or changed value. Raises ``Refused`` when the record cannot take a value.
    """
    form = entered.form
    if form is None:
        return
    by = None if viewer is None else viewer.staff_id
    found = {code: _made(standing, form, form.field(code), value, by) for code, value in entered.values.items()}
    if submitted:
        found |= entered.beforehand
    new = _write(standing, task, form, found)
    if submitted and viewer is not None:
        _carry(viewer, standing, task, form, new)


def _made(standing: Standing, form: Form, field: FormField, value: Value | None, by: int | None) -> Filled:
    if value is not None and field.sensitive:
        return Filled(sealed=sealed(form.code, field, standing.case.pk, value), by=by)
    return Filled(plain=value, by=by)


def _write(standing: Standing, task: Task, form: Form, found: dict[str, Filled]) -> frozenset[str]:
    """Store what differs, and give the fields in which another value stands now. Of one that somebody else has given
    again the row says so, but not that it changed: neither step nor moment.
    """
    known, since = held(standing), origins(standing)
    changed = {code: each for code, each in found.items() if known.get((form.code, code)) != each}
    new = frozenset(
        code for code, each in changed.items() if not _same(standing, form, code, known.get((form.code, code)), each)
    )
    since |= {(form.code, code): (task.pk, standing.now) for code in new}
    rows = [
        Row(
            case_id=standing.case.pk,
            form=form.code,
            field=code,
            plain=None if each.sealed is not None else encoded(each.plain),
            sealed=each.sealed,
            task_id=since[form.code, code][0],
            set_by_id=each.by,
            set_at=since[form.code, code][1],
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
    return new


def _same(standing: Standing, form: Form, code: str, before: Filled | None, after: Filled) -> bool:
    """Whether a value is the one that stood there, whoever gave it; sealed ones are compared in clear."""
    if before is None or before.empty or after.empty:
        return before is not None and before.empty and after.empty
    field = form.field(code)
    return _clear(standing, form, field, before) == _clear(standing, form, field, after)


def _carry(viewer: Viewer, standing: Standing, task: Task, form: Form, new: Collection[str]) -> None:
    """What stands in the fields with a target that this step may fill in, where it is ``new`` or was never carried; an
    empty one leaves the record as it is. What was carried before is left alone: the record may have moved on since.
    """
    known, rights, case = held(standing), standing.step(task).rights, standing.case
    into: dict[str, Value | None] = {}
    owner: Value | None = None
    for field in form.fields:
        stands = known.get((form.code, field.code), Filled())
        if (field.target is None and not field.owner) or stands.empty or rights.get(field.code) in _LOCKED:
            continue
        if field.code in new or not _carried(standing, form, field):
            value = _clear(standing, form, field, stands)
            if field.target is not None:
                into[field.target] = value
            else:
                owner = value
    cause = {"case": case.pk, "number": case.number, "step": task.step, "form": form.code}
    if into:
        UpdateByPolicy(
            viewer=viewer,
            record_type=case.record_type,
            id=case.record_id,
            values=into,
            clause=form.clause,
            cause=cause,
        ).run()
    if isinstance(owner, int):
        HandOverByPolicy(
            viewer=viewer,
            record_type=case.record_type,
            id=case.record_id,
            to_staff_id=owner,
            reason=f"{standing.process.label.zh} {case.number} {standing.step(task).label.zh}",
            clause=form.clause,
            cause=cause,
        ).run()
    if into or owner is not None:
        conditions.forget(standing)  # what was read of the record before is no longer true


def _carried(standing: Standing, form: Form, field: FormField) -> bool:
    """Whether a step that may fill in the field was submitted since its value was given."""
    given_at, since = origins(standing)[form.code, field.code]
    return any(
        share.acted_at is not None and share.acted_at >= since
        for task in standing.tasks
        if task.pk >= given_at
        and standing.step(task).form == form.code
        and standing.step(task).rights.get(field.code) not in _LOCKED
        for share in standing.shares_of(task)
        if share.kind in SIGNING
    )


def _clear(standing: Standing, form: Form, field: FormField, stands: Filled) -> Value | None:
    """A value in storage form; a sensitive one is in clear on its way from one sealed place to another."""
    if stands.sealed is None:
        return stands.plain
    return from_text(field.type, open_form_value(form.code, field, standing.case.pk, stands.sealed))
