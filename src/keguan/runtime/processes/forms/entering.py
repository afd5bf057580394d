"""What somebody typed into a form at a step, judged: by the step's rights, the fields' kinds, and what is required."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.form import value_code
from keguan.language.model.process import Right
from keguan.runtime.access.form_sight import Filled, open_form_value
from keguan.runtime.access.masks import mask
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.viewer import place_of
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.forms.held import FILLED, held, values
from keguan.runtime.processes.forms.prefilled import prefilled
from keguan.runtime.processes.forms.required import required
from keguan.runtime.records.shown_rows import rows_by_id
from keguan.runtime.records.validation import read_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.form import Form, FormField
    from keguan.language.model.process import Step
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing
    from keguan.runtime.records.validation import Typed

_LOCKED = frozenset({Right.READ, Right.HIDDEN})


@dataclass(frozen=True, slots=True)
class Entered:
    """What came of it: the form (None: the step has none), new values in storage form by field code, what the record
    gives for the other fields, and a sentence for each field that is wrong.
    """

    form: Form | None
    values: dict[str, Value | None] = field(default_factory=dict)
    beforehand: dict[str, Filled] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def after(self, standing: Standing) -> dict[str, Value | None]:
        """What conditions of the case will read once this is stored, by ``form.field``."""
        known = values(standing)
        if self.form is not None:
            known |= {
                value_code(self.form.code, code): FILLED if each.sealed is not None else each.plain
                for code, each in self.beforehand.items()
            }
            known |= {
                value_code(self.form.code, code): FILLED if value is not None and _sensitive(self.form, code) else value
                for code, value in self.values.items()
            }
        return known

    def outcome(self, standing: Standing) -> str | None:
        """What stands in the field that decides where the case goes; None without one, or while it is empty."""
        if self.form is None or self.form.outcome is None:
            return None
        found = self.after(standing).get(value_code(self.form.code, self.form.outcome))
        return found if isinstance(found, str) else None


def read(
    viewer: Viewer | None, standing: Standing, task: Task, typed: Mapping[str, Typed], *, complete: bool = True
) -> Entered:
    """Judge what was typed, by field code or ``form.field``, at a step. ``complete``: the step is being completed, so
    that what is required may not be missing. ``viewer`` None is the system itself.

    At most three queries, and one for each record type referred to.
    """
    step = standing.step(task)
    form = None if step.form is None else standing.model.blocks.forms[step.form]
    if form is None:
        return Entered(None, errors={code: _("这一步没有表单，不能填写。") for code in typed})
    given = {code.removeprefix(f"{form.code}."): value for code, value in typed.items()}
    errors = _refused(step, form, given)
    given = {code: value for code, value in given.items() if code not in errors}
    for code in _untouched(standing, form, given):
        del given[code]
    parsed = read_fields([each for each in form.fields if each.code in given], given, complete=False)
    errors.update(parsed.errors)
    entered = Entered(form, parsed.values, prefilled(standing, form), errors)
    for code in entered.values:
        entered.beforehand.pop(code, None)
    if viewer is not None:
        errors.update(_unreachable(viewer, standing, form, parsed.values))
    if complete:
        for code in _missing(standing, step, entered):
            errors.setdefault(code, _("必须填写。"))
    return entered


def _refused(step: Step, form: Form, given: Mapping[str, Typed]) -> dict[str, str]:
    """Codes that are none of the form's, and fields that this step only reads or does not see."""
    known = {each.code for each in form.fields}
    return {
        code: _("这一步不能填写这一项。") if code in known else _("表单里没有这一项。")
        for code in given
        if code not in known or step.rights.get(code) in _LOCKED
    }


def _untouched(standing: Standing, form: Form, given: Mapping[str, Typed]) -> list[str]:
    """Sensitive fields that came back exactly as they were shown: masked."""
    same = []
    starred = {code: value for code, value in given.items() if isinstance(value, str) and "*" in value}
    if not starred:
        return []
    stands = {code: each for (name, code), each in held(standing).items() if name == form.code}
    stands = prefilled(standing, form) | stands
    for code, value in starred.items():
        field, old = form.field(code), stands.get(code, Filled())
        if old.sealed is not None:
            text = open_form_value(form.code, field, standing.case.pk, old.sealed)
            if mask(field.kind, text) == value:
                same.append(code)
    return same


def _unreachable(viewer: Viewer, standing: Standing, form: Form, given: Mapping[str, Value | None]) -> dict[str, str]:
    """A sentence for each reference to a record that is not there or that the person may not know of."""
    known, model = held(standing), policies.current().model
    wanted: dict[str, dict[str, int]] = {}
    for code, value in given.items():
        field: FormField = form.field(code)
        same = (form.code, code) in known and known[form.code, code].plain == value
        if field.refers_to is not None and isinstance(value, int) and not same:
            wanted.setdefault(field.refers_to, {})[code] = value
    errors: dict[str, str] = {}
    for target, ids in wanted.items():
        rows = rows_by_id(model, target, set(ids.values()), ()) if target in model.record_types else []
        places = {row["id"]: place_of(row) for row in rows}
        for code, record_id in ids.items():
            if record_id not in places or not reaches(viewer, target, places[record_id], model):
                errors[code] = _("没有这份档案，或者它不在您的可见范围内。请从列表里选择。")
    return errors


def _missing(standing: Standing, step: Step, entered: Entered) -> list[str]:
    """Fields that must have a value and have none; those that this step cannot fill in are not asked for."""
    assert entered.form is not None  # noqa: S101 - only a step with a form comes here
    form, after = entered.form, entered.after(standing)
    fillable = [each for each in form.fields if step.rights.get(each.code) not in _LOCKED]
    empty = [each for each in fillable if after.get(value_code(form.code, each.code)) is None]
    if not empty:
        return []
    always = {code for code, right in step.rights.items() if right is Right.REQUIRED}
    needed = always | required(standing, form, after, [each.code for each in empty])
    return [each.code for each in empty if each.code in needed]


def _sensitive(form: Form, code: str) -> bool:
    return form.field(code).sensitive
