"""What can be shown of a record: its fields, facts and outcomes, with class, secrecy and physical column."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.feel.types import Text
from keguan.language.model.classes import Display
from keguan.language.model.conditions import is_condition, is_hidden
from keguan.language.model.model import Fact
from keguan.language.model.naming import reference_column
from keguan.runtime.access.per_model import per_model

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, Field, FieldKind, Label, Model


ATTRIBUTE = "c_"
"""What the attribute of a policy's column begins with in the record classes: no code shadows a part of Django."""


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
    display: Display = Display.AS_GRANTED
    files_of: str = ""  # an attachment: the record type, under which its files are found

    @property
    def max_length(self) -> int | None:
        """Values already stored have no limit to be checked against."""
        return None

    @property
    def roles(self) -> tuple[str, ...]:
        """Whoever stands in a value already stored may have another post by now."""
        return ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The allowed texts of an enumeration; empty for everything else."""
        return (self.type.choices or ()) if isinstance(self.type, Text) else ()


def display_of(model: Model, information_class: str) -> Display:
    """How values of a class are shown whoever looks; as granted where the policy declares no such class."""
    found = model.information_classes.get(information_class)
    return Display.AS_GRANTED if found is None else found.display


@per_model
def columns(model: Model, record_type: str) -> Mapping[str, Column]:
    """Columns by code, in the policy's order: fields, then facts and outcomes as computed. Raises ``KeyError``."""
    return MappingProxyType({column.code: column for column in _made(model, record_type)})


@per_model
def condition_columns(model: Model, record_type: str) -> tuple[str, ...]:
    """The columns in which the conditions of access rows over a type are kept."""
    steps = model.computations.get(record_type, ())
    return tuple(step.code for step in steps if is_condition(step.code))


def place_columns(model: Model, record_type: str) -> tuple[str, ...]:
    """The columns by which a row says where it stands: ``id``, owner, unit and the conditions that hold for it."""
    return ("id", "owner_id", "unit_id", *condition_columns(model, record_type))


def _made(model: Model, record_type: str) -> Iterator[Column]:
    for field in model.record_types[record_type].fields:
        yield _of_field(model, record_type, field)
    for step in model.computations.get(record_type, ()):
        if not is_hidden(step.code):
            yield from _of_step(model, step)


def _of_field(model: Model, record_type: str, field: Field) -> Column:
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
        display_of(model, field.information_class),
        record_type if field.files is not None else "",
    )


def _of_step(model: Model, step: Fact | Decision) -> Iterator[Column]:
    made = (step,) if isinstance(step, Fact) else step.outputs
    source = Source.FACT if isinstance(step, Fact) else Source.OUTCOME
    for each in made:
        yield Column(
            each.code,
            each.label,
            each.kind,
            each.type,
            step.information_class,
            sensitive=False,
            physical=each.code,
            source=source,
            display=display_of(model, step.information_class),
        )
