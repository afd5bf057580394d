"""What a DMN file defines. A reference from one element to another is a ``Key``: the namespace and the id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from keguan.language.dmn.xml.boxed import Definition, Expression, Text, Variable


class Key(NamedTuple):
    """Where an element stands: the namespace of its file, and its id there."""

    namespace: str
    id: str


@dataclass(frozen=True, slots=True)
class FunctionItem:
    """The type of a function: its parameters' types and its result's, None where none is said."""

    parameters: tuple[Variable, ...]
    result: str | None


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A type by name: of another name's, of components, or of a function; perhaps a collection of that."""

    name: str
    type: str | None
    collection: bool
    components: tuple[ItemDefinition, ...]
    function: FunctionItem | None
    allowed: Text | None
    constraint: Text | None


@dataclass(frozen=True, slots=True)
class InputData:
    """A value that is given."""

    key: Key
    name: str
    variable: Variable


@dataclass(frozen=True, slots=True)
class Decision:
    """A value that is decided from those it requires, with the functions it requires."""

    key: Key
    name: str
    variable: Variable
    requires: tuple[Key, ...]
    knows: tuple[Key, ...]
    expression: Expression | None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A business knowledge model: a function, with the functions it requires."""

    key: Key
    name: str
    variable: Variable
    knows: tuple[Key, ...]
    function: Definition | None


@dataclass(frozen=True, slots=True)
class Service:
    """A decision service: ``outputs`` from ``inputs`` (data and decisions whose values are given)."""

    key: Key
    name: str
    variable: Variable
    outputs: tuple[Key, ...]
    inputs: tuple[Key, ...]


Component = InputData | Decision | Knowledge | Service


@dataclass(frozen=True, slots=True)
class Definitions:
    """One file. ``imports`` are namespaces by the name that this file gives them."""

    file: str
    namespace: str
    name: str
    imports: dict[str, str]
    items: tuple[ItemDefinition, ...]
    components: tuple[Component, ...]
