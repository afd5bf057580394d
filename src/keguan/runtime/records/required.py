"""What a record still lacks: fields that are required always, or by a condition over the record itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from keguan.language.feel.types import BOOLEAN
from keguan.language.model.model import Fact, FieldKind
from keguan.runtime.access.disclosure import classes_of, disclosed
from keguan.runtime.access.per_model import per_model
from keguan.runtime.clock import today
from keguan.runtime.policies.language_door import Runner
from keguan.runtime.records.parents import read_through, with_parents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from keguan.language.model.model import Field, Label, Model


@dataclass(frozen=True, slots=True)
class Missing:
    """A field to be filled in, and the classes that saying so gives away (of the field and of its condition)."""

    code: str
    label: Label
    classes: frozenset[str]


class Conditions:
    """The required fields of one record type. Conditions run as facts, by the same code as every other expression."""

    def __init__(self, model: Model, record_type: str) -> None:
        self._fields = [
            field
            for field in model.record_types[record_type].fields
            if field.required is not False and field.kind is not FieldKind.PERIOD
        ]
        self._classes = {field.code: self._gives_away(model, record_type, field) for field in self._fields}
        conditions = [field.required for field in self._fields if not isinstance(field.required, bool)]
        self.reads = read_through(record_type, *conditions)
        """What the conditions read of other records."""
        self._model = model
        facts = tuple(_as_fact(record_type, field) for field in self._fields if field.required is not True)
        judged = replace(model, computations={record_type: facts})
        self._runner: Runner | None = Runner(judged, record_type) if facts else None

    def missing(self, values: Mapping[str, Any], on: date | None = None) -> tuple[Missing, ...]:
        """Fields without a value that should have one. ``values`` are fields, facts and outcomes by code; a sensitive
        field's may be anything that is not None. What the conditions read of other records is looked up unless it is
        among the values: a query for every path.
        """
        if any(read.key not in values for read in self.reads):
            (values,) = with_parents(self._model, self.reads, [values])
        held = {} if self._runner is None else self._runner.run(values, {}, on or today())
        return tuple(
            Missing(field.code, field.label, self._classes[field.code])
            for field in self._fields
            if values.get(field.code) is None and (field.required is True or held[_name(field)] is True)
        )

    @property
    def conditional(self) -> tuple[frozenset[str], ...]:
        """For every field that is required by a condition, what saying that it is missing gives away."""
        return tuple(self._classes[field.code] for field in self._fields if field.required is not True)

    @staticmethod
    def _gives_away(model: Model, record_type: str, field: Field) -> frozenset[str]:
        condition = field.required
        own = frozenset({disclosed(model, record_type, field.code)})
        return own if isinstance(condition, bool) else classes_of(model, record_type, condition) | own


@per_model
def required(model: Model, record_type: str) -> Conditions:
    """The conditions of a record type. Raises ``KeyError``."""
    return Conditions(model, record_type)


def seen_by(missing: Iterable[Missing], codes: frozenset[str], classes: Iterable[str]) -> tuple[Missing, ...]:
    """Those of which a viewer who sees these codes and classes may be told."""
    known = frozenset(classes)
    return tuple(each for each in missing if each.code in codes and ("*" in known or each.classes <= known))


def _as_fact(record_type: str, field: Field) -> Fact:
    assert not isinstance(field.required, bool)  # noqa: S101 - only fields with a condition come here
    return Fact(
        code=_name(field),
        label=field.label,
        kind=FieldKind.BOOLEAN,
        type=BOOLEAN,
        record_type=record_type,
        expression=field.required,
        text="",
        information_class=field.information_class,
        clause=field.clause,
        span=field.span,
    )


def _name(field: Field) -> str:
    return f"required_{field.code}"
