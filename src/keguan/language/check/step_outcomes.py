"""Outcomes of steps against the options of their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.routing import APPROVING, REFUSING
from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import Text

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.form import Form, FormField
    from keguan.language.model.process import Step


def step_outcomes(subject: Subject) -> None:
    """Report outcomes that no field of the step's form gives, that are no option of it, and options left out."""
    blocks = subject.model.blocks
    for process in blocks.processes.values():
        for step in process.steps:
            form = blocks.forms.get(step.form or "")
            if form is None or [outcome.label for outcome in step.outcomes] == [""]:
                continue
            if form.outcome is None:
                _without_field(step, form, subject)
            else:
                _options(step, form.field(form.outcome), subject)


def _without_field(step: Step, form: Form, subject: Subject) -> None:
    """Approving and refusing are buttons of their own; anything else must be filled in."""
    for outcome in step.outcomes:
        if not outcome.otherwise and outcome.label.lower() not in APPROVING | REFUSING:
            values = {"step": step.label.zh, "label": outcome.label, "form": form.label.zh}
            subject.findings.add(entries.OUTCOME_WITHOUT_FIELD, step.span, **values)
            return


def _options(step: Step, field: FormField, subject: Subject) -> None:
    options = field.type.choices or () if isinstance(field.type, Text) else ()
    labels = [outcome.label for outcome in step.outcomes if not outcome.otherwise]
    for label in labels:
        if label not in options:
            values = {"step": step.label.zh, "label": label, "field": field.label.zh}
            subject.findings.add(entries.OUTCOME_UNKNOWN, step.span, **values, **suggest(label, options))
    if not any(outcome.otherwise for outcome in step.outcomes):
        for option in options:
            if option not in labels:
                subject.findings.add(entries.OUTCOME_MISSING, step.span, step=step.label.zh, label=option)
