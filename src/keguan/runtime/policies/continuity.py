"""Whether a new version leaves readable what is already kept.

Tables only grow: a column is never dropped or changed. A field that no record has a value in may be left out of a new
version (its empty column stays); one that holds values, or a record type that holds records, may not. A code once used
for one type of value is never used for another, not even after versions without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import continuity as entries
from keguan.language.diagnostics.diagnostic import Diagnostic
from keguan.language.feel.types import Number
from keguan.language.model.model import Fact, FieldKind
from keguan.runtime.policies.stored import column_of, holds_records, holds_values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.language.model.model import Decision, Field, Model, OutputColumn, RecordType

_PLAIN_TEXT = {FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.CHOICE, FieldKind.USCC}
_COUNTED = {FieldKind.INTEGER, FieldKind.NUMBER}


def breaks(old: Model, new: Model, earlier: Iterable[tuple[str, Model]]) -> Iterator[Diagnostic]:
    """Everything in ``new`` that would lose or misread what is kept. ``old`` is the last publication's model;
    ``earlier`` are all published models with a name for each, since a code may have been in use before ``old``.
    """
    yield from _removed(old, new)
    told: set[tuple[str, str]] = set()
    for version, model in earlier:
        for code, record_type in new.record_types.items():
            if code in model.record_types:
                yield from _changed_fields(model.record_types[code], record_type, version, told)
                yield from _changed_results(model, new, record_type, version, told)
        yield from _changed_decisions(model, new, version, told)


def _removed(old: Model, new: Model) -> Iterator[Diagnostic]:
    for code, record_type in old.record_types.items():
        if code not in new.record_types:
            if holds_records(code):
                yield Diagnostic(entries.RECORD_TYPE_REMOVED, record_type.span, {"label": record_type.label.zh})
            continue
        kept = {field.code for field in new.record_types[code].fields}
        for field in record_type.fields:
            lost = field.code not in kept and field.due_of is None  # what only the system reckons is nobody's loss
            if lost and holds_values(code, column_of(field)):
                values = {"record_type": record_type.label.zh, "label": field.label.zh, "code": field.code}
                yield Diagnostic(entries.FIELD_REMOVED, field.span, values)


def _changed_fields(old: RecordType, new: RecordType, version: str, told: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    before = {field.code: field for field in old.fields}
    for field in new.fields:
        was = before.get(field.code)
        if was is None or (new.code, field.code) in told:
            continue
        values = {"record_type": new.label.zh, "label": field.label.zh, "version": version}
        if was.sensitive != field.sensitive:
            told.add((new.code, field.code))
            yield Diagnostic(entries.SECRECY_CHANGED, field.span, values)
        elif _storage(was) != _storage(field):
            told.add((new.code, field.code))
            yield Diagnostic(entries.KIND_CHANGED, field.span, values)


def _changed_results(
    old: Model, new: Model, record_type: RecordType, version: str, told: set[tuple[str, str]]
) -> Iterator[Diagnostic]:
    before = {result.code: result for result in _results(old, record_type.code)}
    for result in _results(new, record_type.code):
        was = before.get(result.code)
        place = (record_type.code, result.code)
        if was is not None and place not in told and type(was.type) is not type(result.type):
            told.add(place)
            values = {"record_type": record_type.label.zh, "label": result.label.zh, "code": result.code}
            yield Diagnostic(entries.COMPUTED_KIND_CHANGED, result.span, values | {"version": version})


def _changed_decisions(old: Model, new: Model, version: str, told: set[tuple[str, str]]) -> Iterator[Diagnostic]:
    for code, decision in new.decisions.items():
        was = old.decisions.get(code)
        if was is None or ("", code) in told:
            continue
        collects = [each.hit.collects for each in (was, decision)]
        if was.record_type != decision.record_type or collects[0] != collects[1]:
            told.add(("", code))
            yield Diagnostic(
                entries.DECISION_CHANGED,
                decision.span,
                {"label": decision.label.zh, "code": code, "version": version},
            )


def _results(model: Model, record_type: str) -> Iterator[Fact | OutputColumn]:
    step: Fact | Decision
    for step in model.computations.get(record_type, ()):
        if isinstance(step, Fact):
            yield step
        else:
            yield from step.outputs


def _storage(field: Field) -> tuple[object, ...]:
    """Two fields whose stored values can be read alike have the same storage."""
    if field.sensitive:
        return ("sealed", field.kind)
    if field.kind in _PLAIN_TEXT:
        return ("text",)
    scale = field.type.scale if isinstance(field.type, Number) else None
    return ("counted" if field.kind in _COUNTED else field.kind, scale, field.target)
