"""What can be shown of a record: its fields, facts and outcomes, with class, secrecy and physical column."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.feel.types import Text
from keguan.language.model.model import Fact
from keguan.language.model.naming import reference_column
from keguan.runtime.access.per_model import per_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, Field, FieldKind, Label, Model


class Source(StrEnum):
    """Where a column's value comes from."""

    FIELD = "field"
    FACT = "fact"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Column:
    """One readable thing of a record type. ``physical`` is its column on the record's table."""

    code: str
    label: Label
    kind: FieldKind
    type: Type
    information_class: str
    sensitive: bool
    physical: str
    source: Source
    target: str | None = None

    @property
    def max_length(self) -> int | None:
        """Values already stored have no limit to be checked against."""
        return None

    @property
    def choices(self) -> tuple[str, ...]:
        """The allowed texts of an enumeration; empty for everything else."""
        return (self.type.choices or ()) if isinstance(self.type, Text) else ()


@per_model
def columns(model: Model, record_type: str) -> Mapping[str, Column]:
    """Columns by code, in the policy's order: fields, then facts and outcomes as computed. Raises ``KeyError``."""
    return MappingProxyType({column.code: column for column in _made(model, record_type)})


def _made(model: Model, record_type: str) -> Iterator[Column]:
    for field in model.record_types[record_type].fields:
        yield _of_field(field)
    for step in model.computations.get(record_type, ()):
        yield from _of_step(step)


def _of_field(field: Field) -> Column:
    physical = field.code if field.target is None else reference_column(field.code)
    return Column(
        field.code,
        field.label,
        field.kind,
        field.type,
        field.information_class,
        field.sensitive,
        physical,
        Source.FIELD,
        field.target,
    )


def _of_step(step: Fact | Decision) -> Iterator[Column]:
    if isinstance(step, Fact):
        yield Column(step.code, step.label, step.kind, step.type, step.information_class, False, step.code, Source.FACT)
        return
    for out in step.outputs:
        yield Column(out.code, out.label, out.kind, out.type, step.information_class, False, out.code, Source.OUTCOME)
