"""What a record still lacks of what is asked for: 必填, always or on a condition over the record itself, and 完整."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from keguan.language.feel.stamps import CODES
from keguan.language.feel.types import BOOLEAN
from keguan.language.model.model import Fact, FieldKind
from keguan.runtime.access.disclosure import classes_of, disclosed
from keguan.runtime.access.per_model import per_model
from keguan.runtime.clock import now, today
from keguan.runtime.policies.language_door import Runner
from keguan.runtime.records.filing import with_stamps
from keguan.runtime.records.parents import read_through, with_parents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Field, Label, Model


@dataclass(frozen=True, slots=True)
class Missing:
    """A field to be filled in, and the classes that saying so gives away (of the field and of its condition). What is
    not ``required`` counts for the completeness alone: a record is saved without it, and without its files.
    """

    code: str
    label: Label
    classes: frozenset[str]
    required: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """How much of what is asked for a record holds: the fields that do not apply to it are not among ``asked``."""

    asked: tuple[Missing, ...]
    lacking: tuple[Missing, ...]


class Conditions:
    """The asked-for fields of one record type. Conditions run as facts, by the same code as every other expression."""

    def __init__(self, model: Model, record_type: str) -> None:
        declared = model.record_types[record_type]
        counted = declared.completeness is not None
        self._fields = [
            field
            for field in declared.fields
            if not field.by_system and (field.required is not False or (counted and field.asked))
        ]
        self._told = {
            field.code: Missing(field.code, field.label, self._gives_away(model, record_type, field))
            for field in self._fields
        }
        self._counted = frozenset(field.code for field in self._fields if counted and field.asked)
        conditions = [(name, field, each) for field in self._fields for name, each in _conditions(field)]
        self.reads = read_through(record_type, *(each for _name, _field, each in conditions))
        """What the conditions read of other records."""
        self._model = model
        facts = tuple(_as_fact(record_type, name, field, each) for name, field, each in conditions)
        judged = replace(model, computations={record_type: facts})
        self._runner: Runner | None = Runner(judged, record_type) if facts else None

    def missing(self, values: Mapping[str, Any], on: date | None = None) -> tuple[Missing, ...]:
        """Fields without a value that must have one. ``values`` are fields, facts and outcomes by code; a sensitive
        field's may be anything that is not None. What the conditions read of other records is looked up unless it is
        among the values: a query for every path.
        """
        return tuple(each for each in self.held(values, on).lacking if each.required)

    def held(self, values: Mapping[str, Any], on: date | None = None) -> Held:
        """What is asked for of a record with these values (as in ``missing``), and what of it it lacks."""
        if any(read.key not in values for read in self.reads):
            (values,) = with_parents(self._model, self.reads, [values])
        met: Mapping[str, Any] = {}
        if self._runner is not None:
            met = self._runner.run({**_as_new(), **values}, {}, on or today())
        asked = tuple(told for field in self._fields if (told := self._asked(field, met)) is not None)
        return Held(asked, tuple(each for each in asked if values.get(each.code) is None))

    def _asked(self, field: Field, met: Mapping[str, Any]) -> Missing | None:
        """What is to be said when it is missing; None where it is not asked for."""
        condition = field.required
        must = condition if isinstance(condition, bool) else met[_required_name(field)] is True
        met_too = field.counts_when is None or met.get(_asked_name(field), must) is True
        counts = field.code in self._counted and met_too
        return replace(self._told[field.code], required=must and field.typed) if must or counts else None

    @property
    def conditional(self) -> tuple[frozenset[str], ...]:
        """For every field that is not required of all records, what saying that it is missing gives away."""
        return tuple(self._told[field.code].classes for field in self._fields if field.required is not True)

    @staticmethod
    def _gives_away(model: Model, record_type: str, field: Field) -> frozenset[str]:
        own = frozenset({disclosed(model, record_type, field.code)})
        return own.union(*(classes_of(model, record_type, each) for _, each in _conditions(field)))


@per_model
def required(model: Model, record_type: str) -> Conditions:
    """The conditions of a record type. Raises ``KeyError``."""
    return Conditions(model, record_type)


def seen_by(missing: Iterable[Missing], codes: frozenset[str], classes: Iterable[str]) -> tuple[Missing, ...]:
    """Those of which a viewer who sees these codes and classes may be told."""
    known = frozenset(classes)
    return tuple(each for each in missing if each.code in codes and ("*" in known or each.classes <= known))


def _as_new() -> dict[str, Any]:
    """When a record was filed that is only being filed."""
    return with_stamps(dict.fromkeys(CODES, now()))


def _conditions(field: Field) -> tuple[tuple[str, Typed], ...]:
    """The conditions of a field by the names under which they are judged."""
    found = [] if isinstance(field.required, bool) else [(_required_name(field), field.required)]
    if field.asked_when is not None:
        found.append((_asked_name(field), field.asked_when))
    return tuple(found)


def _as_fact(record_type: str, name: str, field: Field, condition: Typed) -> Fact:
    return Fact(
        code=name,
        label=field.label,
        kind=FieldKind.BOOLEAN,
        type=BOOLEAN,
        record_type=record_type,
        expression=condition,
        text="",
        information_class=field.information_class,
        clause=field.clause,
        span=field.span,
    )


def _required_name(field: Field) -> str:
    return f"required_{field.code}"


def _asked_name(field: Field) -> str:
    return f"asked_{field.code}"
