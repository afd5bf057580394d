"""The forms of a case as one viewer sees them, with what they may do to each field at a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.types import Text
from keguan.language.model.form import value_code
from keguan.language.model.process import Right
from keguan.runtime.access.form_sight import Filled, present_form
from keguan.runtime.processes.forms.held import FILLED, held, values
from keguan.runtime.processes.forms.prefilled import prefilled
from keguan.runtime.processes.forms.required import required
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.form import Form, FormField
    from keguan.language.model.model import ClauseRef, Model
    from keguan.language.model.process import Step
    from keguan.runtime.access.form_sight import FormSight
    from keguan.runtime.access.present import Related
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field of a form. ``right`` is ``fill``, ``required`` or ``read``: what may be done to it now, by this viewer.

    ``by_condition``: it may become required while the form is being filled in. ``set_by`` is empty for the system.
    """

    code: str
    label: str
    kind: str
    shown: Shown
    right: str
    by_condition: bool
    note: str
    choices: tuple[str, ...]
    max_length: int | None
    refers_to: str | None
    information_class: str
    sensitive: bool
    revealable: bool
    roles: tuple[str, ...] = ()  # a person's: who may stand in it


@dataclass(frozen=True, slots=True)
class FormView:
    """A form with its fields in the policy's order. ``task_id`` is the step at which the viewer may fill it in."""

    code: str
    label: str
    fields: tuple[ShownField, ...]
    clause: ClauseRef
    outcome: str | None
    task_id: int | None


def present(
    sight: FormSight, standing: Standing, form: Form, step: Step | None = None, task_id: int | None = None
) -> FormView:
    """A form as the viewer sees it. ``step`` is the one at which they may fill it in now: hidden fields are left out,
    and fields never filled in show what the record gives beforehand.

    At most two queries, and one for each record type referred to.
    """
    stands = {field: each for (code, field), each in held(standing).items() if code == form.code}
    rights: Mapping[str, Right] = {}
    needed: frozenset[str] = frozenset()
    fields = form.fields
    if step is not None:
        stands = prefilled(standing, form) | stands
        rights = step.rights
        fields = tuple(field for field in fields if rights.get(field.code) is not Right.HIDDEN)
        needed = required(standing, form, _known(standing, form, stands), [field.code for field in fields])
    shown = present_form(
        sight, form.code, {field.code: field for field in fields}, stands, _related(sight.model, fields, stands)
    )
    return FormView(
        form.code,
        form.label.text(sight.viewer.language),
        tuple(_field(sight, field, shown[field.code], stands, _right(field, step, rights, needed)) for field in fields),
        form.clause,
        form.outcome,
        task_id if step is not None else None,
    )


def _field(sight: FormSight, field: FormField, shown: Shown, stands: Mapping[str, Filled], right: str) -> ShownField:
    return ShownField(
        code=field.code,
        label=field.label.text(sight.viewer.language),
        kind=field.kind,
        shown=shown,
        right=right,
        by_condition=not isinstance(field.required, bool),
        note=field.note,
        choices=(field.type.choices or ()) if isinstance(field.type, Text) else (),
        max_length=field.max_length,
        refers_to=field.refers_to,
        information_class=field.information_class,
        sensitive=field.sensitive,
        revealable=shown.state == "masked" and sight.reveals(field) and not stands.get(field.code, Filled()).empty,
        roles=field.roles,
    )


def _right(field: FormField, step: Step | None, rights: Mapping[str, Right], needed: frozenset[str]) -> str:
    right = rights.get(field.code)
    if step is None or right is Right.READ:
        return "read"
    return "required" if right is Right.REQUIRED or field.code in needed else "fill"


def _known(standing: Standing, form: Form, stands: Mapping[str, Filled]) -> dict[str, Value | None]:
    known = values(standing)
    known |= {
        value_code(form.code, code): FILLED if each.sealed is not None else each.plain for code, each in stands.items()
    }
    return known


def _related(model: Model, fields: Iterable[FormField], stands: Mapping[str, Filled]) -> Related:
    """The rows that references point to. One query for each record type."""
    wanted: dict[str, set[int]] = {}
    for field in fields:
        value = stands.get(field.code, Filled()).plain
        if field.refers_to is not None and isinstance(value, int):
            wanted.setdefault(field.refers_to, set()).add(value)
    return {
        (target, row["id"]): row
        for target, ids in wanted.items()
        if target in model.record_types
        for row in rows_by_id(model, target, ids, ())
    }
