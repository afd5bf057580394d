"""What is true of every linked model. Run over every test's model and every pack: a promise with a name, not a hope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.walk import children, parents, references, way
from keguan.language.model.model import Decision, Fact, FieldKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model

Broken = str
"""One place where an invariant does not hold, in English, for developers."""


def keys_are_codes(model: Model) -> Iterator[Broken]:
    """Everything is kept under its own code."""
    for mapping in (model.record_types, model.decisions, model.parameters, model.roles):
        for key, value in mapping.items():
            if key != value.code:
                yield f"{key} holds {value.code}"


def references_have_targets(model: Model) -> Iterator[Broken]:
    """A reference or period names a record type of the model; a period also a date of its own and a periodic target."""
    for record_type in model.record_types.values():
        for field in record_type.fields:
            place = f"{record_type.code}.{field.code}"
            linked = field.kind in (FieldKind.REFERENCE, FieldKind.PERIOD)
            if linked != (field.target is not None):
                yield f"{place} has kind {field.kind} and target {field.target}"
            elif field.target is not None and field.target not in model.record_types:
                yield f"{place} refers to {field.target}, which is not there"
            elif field.target is not None and field.kind is FieldKind.PERIOD:
                periodic = model.record_types[field.target].cadence is not None
                dated = field.period_of and record_type.field(field.period_of).kind is FieldKind.DATE
                if not periodic or not dated:
                    yield f"{place} cannot find its period"


def named_fields_exist(model: Model) -> Iterator[Broken]:
    """Title, search, duplicates, list columns and the timeline's date name things that the record type has."""
    for record_type in model.record_types.values():
        fields = {field.code for field in record_type.fields}
        computed = {code for each in model.computations[record_type.code] for code in _made(each)}
        named = {record_type.title, *record_type.search, *record_type.duplicates}
        if record_type.timeline_date is not None:
            named.add(record_type.timeline_date)
        for code in sorted((named - fields) | (set(record_type.columns) - fields - computed)):
            yield f"{record_type.code} names {code}"


def tables_are_rectangular(model: Model) -> Iterator[Broken]:
    """Every rule has a test (or none) and a cell per input, and a result per output."""
    for decision in model.decisions.values():
        inputs, outputs = len(decision.inputs), len(decision.outputs)
        for rule in decision.rules:
            if (len(rule.tests), len(rule.cells), len(rule.results)) != (inputs, inputs, outputs):
                yield f"{decision.code} row {rule.number}"


def results_have_their_columns_type(model: Model) -> Iterator[Broken]:
    """A fact's expression and a rule's results have the declared type (texts: whatever their choices)."""
    for facts in model.facts.values():
        for fact in facts:
            if not _fits(fact.expression, fact.type):
                yield f"{fact.code}: {fact.expression.type} for {fact.type}"
    for decision in model.decisions.values():
        for rule in decision.rules:
            for output, result in zip(decision.outputs, rule.results, strict=False):
                if not _fits(result, output.type):
                    yield f"{decision.code} row {rule.number}: {result.type} for {output.type}"


def computed_after_what_is_read(model: Model) -> Iterator[Broken]:
    """In ``computations`` nothing reads what comes later, and ``computation_order`` puts children's facts first."""
    done: set[str] = set()
    made = {code: {name for each in model.computations[code] for name in _made(each)} for code in model.computations}
    for record_type in model.computation_order:
        known: set[str] = set()
        for computed in model.computations[record_type]:
            for expression in _read(computed):
                late = (references(expression) & made[record_type]) - known
                if late:
                    yield f"{computed.code} reads {sorted(late)} too early"
                for aggregate in children(expression):
                    parts = [part for part in (aggregate.where, aggregate.value) if part is not None]
                    read = {code for part in parts for code in references(part)} & made[aggregate.child]
                    if read and aggregate.child not in done:
                        yield f"{computed.code} reads {sorted(read)} of {aggregate.child} too early"
                for each, code in _ways(expression, record_type):
                    if code in made[each] and each not in done:
                        yield f"{computed.code} reads {code} of {each} too early"
            known.update(_made(computed))
        done.add(record_type)
    if set(model.computation_order) != {code for code, computed in model.computations.items() if computed}:
        yield "computation_order is not the record types that compute something"


def sensitive_values_stay_out(model: Model) -> Iterator[Broken]:
    """No expression reads a sensitive field."""
    for record_type in model.record_types.values():
        sensitive = {field.code for field in record_type.fields if field.sensitive}
        for computed in model.computations[record_type.code]:
            if computed.code == record_type.completeness:  # reads only whether there is a value
                continue
            for expression in _read(computed):
                if references(expression) & sensitive:
                    yield f"{computed.code} reads {sorted(references(expression) & sensitive)}"
                for aggregate in children(expression):
                    hidden = {field.code for field in model.record_types[aggregate.child].fields if field.sensitive}
                    parts = [part for part in (aggregate.where, aggregate.value) if part is not None]
                    if any(references(part) & hidden for part in parts):
                        yield f"{computed.code} reads a sensitive field of {aggregate.child}"
                for each, code in _ways(expression, record_type.code):
                    if any(field.sensitive for field in model.record_types[each].fields if field.code == code):
                        yield f"{computed.code} reads the sensitive {code} of {each}"


INVARIANTS: tuple[Callable[[Model], Iterator[Broken]], ...] = (
    keys_are_codes,
    references_have_targets,
    named_fields_exist,
    tables_are_rectangular,
    results_have_their_columns_type,
    computed_after_what_is_read,
    sensitive_values_stay_out,
)


def broken(model: Model) -> tuple[str, ...]:
    """Every place where an invariant does not hold, with the invariant's name."""
    return tuple(f"{check.__name__}: {place}" for check in INVARIANTS for place in check(model))


def _made(computed: Fact | Decision) -> tuple[str, ...]:
    return (computed.code,) if isinstance(computed, Fact) else tuple(output.code for output in computed.outputs)


def _read(computed: Fact | Decision) -> tuple[Typed, ...]:
    if isinstance(computed, Fact):
        return (computed.expression,)
    results = [result for rule in computed.rules for result in rule.results]
    return (*(column.expression for column in computed.inputs), *results)


def _ways(expression: Typed, record_type: str) -> tuple[tuple[str, str], ...]:
    """(record type, code) of all that an expression reads through references."""
    found = parents(expression, record_type)
    return tuple(step for begins, parent in found for step in way(begins, parent))


def _fits(typed: Typed, expected: object) -> bool:
    return typed.type == expected or type(typed.type).__name__ == type(expected).__name__ == "Text"
