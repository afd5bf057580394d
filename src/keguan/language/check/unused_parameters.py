"""Parameters that no fact, decision or condition reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, get_args

from keguan.language.diagnostics.catalogue import parameters as entries
from keguan.language.feel.typed import Typed
from keguan.language.feel.walk import parameters as parameters_of
from keguan.language.model.model import Fact
from keguan.language.model.parameter import CROWD_PARTIES, CROWD_WITHIN, REPEAT_WITHIN, SIGN_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.check.subject import Subject
    from keguan.language.model.model import Model

_TYPED = get_args(Typed)


def unused_parameters(subject: Subject) -> None:
    """Report parameters that nothing reads, the statistics of cases and sign-in neither."""
    used = {REPEAT_WITHIN, CROWD_WITHIN, CROWD_PARTIES, *SIGN_IN}
    used |= {code for expression in _expressions(subject.model) for code in parameters_of(expression)}
    used |= set(_deadlines(subject.model))
    for parameter in subject.model.parameters.values():
        if parameter.code not in used:
            subject.findings.add(entries.UNUSED, parameter.span, label=parameter.label.zh)


def _deadlines(model: Model) -> Iterator[str]:
    """The parameters that stand as deadlines and frequencies, and as the number from which an export is a bulk one."""
    for process in model.blocks.processes.values():
        if process.bulk is not None and process.bulk.parameter is not None:
            yield process.bulk.parameter
        for deadline in (process.total, *(step.deadline for step in process.steps)):
            if deadline is not None and deadline.parameter is not None:
                yield deadline.parameter
    timed = [record_type.timely.deadline for record_type in model.record_types.values() if record_type.timely]
    rows = [row for duty in model.blocks.duties.values() for row in duty.obligations]
    for time in (*timed, *(row.deadline for row in rows), *(row.frequency for row in rows)):
        if time is not None and time.parameter is not None:
            yield time.parameter


def _expressions(model: Model) -> Iterator[Typed]:
    for record_type in model.record_types.values():
        yield from (field.required for field in record_type.fields if not isinstance(field.required, bool))
        yield from (field.asked_when for field in record_type.fields if field.asked_when is not None)
        for computed in model.computations[record_type.code]:
            if isinstance(computed, Fact):
                yield computed.expression
                continue
            yield from (column.expression for column in computed.inputs)
            for rule in computed.rules:
                yield from (test for test in rule.tests if test is not None)
                yield from rule.results
    yield from _within(model.blocks)


def _within(value: object) -> Iterator[Typed]:
    """Every expression in what the other blocks declare, wherever it is kept."""
    if isinstance(value, _TYPED):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _within(each)
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from _within(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from _within(getattr(value, each.name))
