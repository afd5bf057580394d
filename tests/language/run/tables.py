"""Facts and decision tables for tests, written as an author writes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from keguan.language.model.model import (
    ClauseRef,
    Decision,
    Fact,
    FieldKind,
    HitPolicy,
    InputColumn,
    Label,
    Model,
    OutputColumn,
    Parameter,
    ParameterValue,
    RecordType,
    Rule,
)
from keguan.language.run import Runner
from tests.language.feel.names import CUSTOMER, MONEY, WHOLE, place, read_cell, typed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.feel.types import Type
    from keguan.language.run import Value

TODAY = date(2026, 11, 21)
CLAUSE = ClauseRef("test", "here", "第一条", "测试")
HERE = place("")
CONTRACTS = ("contract", "customer")
ACTIVE = Parameter(
    "active",
    Label("活跃次数", "Active"),
    WHOLE,
    FieldKind.INTEGER,
    (ParameterValue(date(2026, 1, 1), 2, "第一条"), ParameterValue(date(2026, 12, 1), 5, "第一条")),
    CLAUSE,
    HERE,
)
FLOOR = Parameter(
    "floor",
    Label("下限", "Floor"),
    MONEY,
    FieldKind.MONEY,
    (ParameterValue(date(2026, 6, 1), 10_000, "第二条"),),
    CLAUSE,
    HERE,
)


def fact(text: str, expected: Type | None = None, code: str = "result") -> Fact:
    """A fact of the customer."""
    tree = typed(text, expected)
    return Fact(code, Label(code, code), FieldKind.NUMBER, tree.type, "customer", tree, text, "来往", CLAUSE, HERE)


def decision(
    hit: HitPolicy, inputs: Sequence[str], outputs: Mapping[str, Type], rows: Sequence[Sequence[str]]
) -> Decision:
    """A decision of the customer; each row is its input cells and then its results."""
    columns = tuple(InputColumn(text, typed(text), HERE) for text in inputs)
    rules = tuple(_rule(number, row, columns, tuple(outputs.values())) for number, row in enumerate(rows, start=1))
    made = tuple(OutputColumn(code, Label(code, code), FieldKind.TEXT, kind, HERE) for code, kind in outputs.items())
    return Decision("grading", Label("判定", "Grading"), "customer", hit, columns, made, rules, "等级", CLAUSE, HERE)


def _rule(number: int, row: Sequence[str], columns: Sequence[InputColumn], kinds: Sequence[Type]) -> Rule:
    cells, results = row[: len(columns)], row[len(columns) :]
    tests = []
    for index, (text, column) in enumerate(zip(cells, columns, strict=True)):
        test, found = read_cell(text, column.expression.type, CUSTOMER, index)
        assert found == []
        tests.append(test)
    values = tuple(typed(text, kind) for text, kind in zip(results, kinds, strict=True))
    return Rule(number, tuple(tests), tuple(cells), values, HERE)


def model(*computations: Fact | Decision) -> Model:
    """A model with one record type and the given computations, in order."""
    label = Label("客户", "Customer")
    record_type = RecordType("customer", label, CLAUSE, (), "name", (), (), (), None, False, None, False, HERE)
    return Model(
        policies={},
        record_types={"customer": record_type},
        facts={"customer": tuple(each for each in computations if isinstance(each, Fact))},
        decisions={each.code: each for each in computations if isinstance(each, Decision)},
        computations={"customer": computations},
        computation_order=("customer",),
        parameters={"active": ACTIVE, "floor": FLOOR},
        roles={},
    )


def value(
    text: str,
    record: Mapping[str, Value] | None = None,
    contracts: Sequence[Mapping[str, Value]] = (),
    expected: Type | None = None,
    today: date = TODAY,
) -> Value:
    """The value of an expression about a customer with these fields and contracts."""
    runner = Runner(model(fact(text, expected)), "customer")
    return runner.run(record or {}, {CONTRACTS: contracts}, today)["result"]
