"""Fields that a condition requires of every record a customer's submission makes, and that nobody fills in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import public as entries
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.values import read_value

if TYPE_CHECKING:
    from keguan.language.check.subject import Subject
    from keguan.language.model.model import Model
    from keguan.language.model.public import Public
    from keguan.language.model.record import RecordType
    from keguan.language.model.values import Value


def public_required(subject: Subject) -> None:
    """Report, for every process that is open to customers, each field that is required as soon as what the policy
    itself fills in (网上填写) stands, whatever the customer writes, and that no field of the form always fills in.

    What is always required is found when the process is linked.
    """
    model = subject.model
    for process in model.blocks.processes.values():
        if process.public is None:
            continue
        record = model.record_types[process.record_type]
        filled = _filled(process.public, record)
        given = set(filled) | {
            field.target for field in model.blocks.forms[process.public.form].fields if field.required is True
        }
        for field in record.fields:
            condition = field.required
            if isinstance(condition, bool) or field.code in given:
                continue
            if evaluate(condition, _values(model, record, filled)) is True:
                subject.findings.add(entries.FIELD_REQUIRED, process.span, field=field.label.zh)


def _filled(public: Public, record: RecordType) -> dict[str, Value]:
    """What the policy fills in; a moment is left open, since no condition is decided by it alone."""
    return {
        fill.field: None if fill.now else read_value(fill.text, record.field(fill.field).type) for fill in public.fills
    }


def _values(model: Model, record: RecordType, filled: dict[str, Value]) -> Values:
    day = max((policy.effective for policy in model.policies.values()), default=date.max)
    empty: dict[str, Value] = dict.fromkeys(field.code for field in record.fields)
    return Values(day, parameters_on(model.parameters, day), empty | filled, {})
