"""Boxed expressions as the file has them. Every one may declare the type of its value."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class HitPolicy(StrEnum):
    """What a decision table makes of the rules that match, as DMN names it."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    PRIORITY = "PRIORITY"
    ANY = "ANY"
    COLLECT = "COLLECT"
    RULE_ORDER = "RULE ORDER"
    OUTPUT_ORDER = "OUTPUT ORDER"


class Aggregation(StrEnum):
    """What a collecting table makes of its outputs."""

    SUM = "SUM"
    COUNT = "COUNT"
    MIN = "MIN"
    MAX = "MAX"


@dataclass(frozen=True, slots=True)
class Variable:
    """A name and the type that is declared for it, None where none is."""

    name: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """FEEL as it is written, and the line of the file on which it starts."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Literal:
    """An expression in FEEL."""

    text: Text
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """Entries, each of which sees those before it; one without a variable is the value of the whole."""

    entries: tuple[tuple[Variable | None, Expression], ...]
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Items:
    """A list of expressions."""

    items: tuple[Expression, ...]
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of expressions under named columns: a list of contexts."""

    columns: tuple[Variable, ...]
    rows: tuple[tuple[Expression, ...], ...]
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """A function. ``kind`` is FEEL, JAVA or PMML; only the first has a value here."""

    parameters: tuple[Variable, ...]
    body: Expression | None
    kind: str = "FEEL"
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Invocation:
    """A function called with its arguments by name."""

    function: Expression
    bindings: tuple[tuple[str, Expression], ...]
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Conditional:
    """If, then, else."""

    condition: Expression
    then: Expression
    otherwise: Expression
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Iteration:
    """``word`` is ``for``, ``some`` or ``every``: over a list, each item by the name of ``variable``."""

    word: str
    variable: str
    domain: Expression
    body: Expression
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """The items of a list for which the condition holds."""

    domain: Expression
    condition: Expression
    type: str | None = None


@dataclass(frozen=True, slots=True)
class InputClause:
    """A column that is tested: its expression, and the values it may have."""

    expression: Literal
    values: Text | None = None


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A column that results: ``values`` also order it, the best first; ``default`` is for when no rule matches."""

    name: str | None
    type: str | None = None
    values: Text | None = None
    default: Literal | None = None


@dataclass(frozen=True, slots=True)
class TableRule:
    """A row: a cell of tests for each input, an expression for each output."""

    tests: tuple[Text, ...]
    results: tuple[Literal, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """A decision table."""

    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[TableRule, ...]
    hit_policy: HitPolicy = HitPolicy.UNIQUE
    aggregation: Aggregation | None = None
    type: str | None = None


Expression = (
    Literal | Context | Items | Relation | Definition | Invocation | Conditional | Iteration | Filter | DecisionTable
)
