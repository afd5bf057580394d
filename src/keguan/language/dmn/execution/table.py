"""Decision tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.dmn.budget import spend
from keguan.language.dmn.execution.hits import Column, result_of
from keguan.language.dmn.execution.scope import INPUT
from keguan.language.dmn.types.conformance import coerce

if TYPE_CHECKING:
    from keguan.language.dmn.execution.boxed import Names, Reading
    from keguan.language.dmn.execution.scope import Compiled, Scope
    from keguan.language.dmn.xml import boxed


def compile_table(reading: Reading, table: boxed.DecisionTable, names: Names) -> Compiled:
    """The table, ready to run. A rule matches when every cell of it is true of its input; a null is not."""
    inputs = [(reading.feel(each.expression.text, names), reading.type(each.expression.type)) for each in table.inputs]
    rules = [
        ([reading.cell(text, names) for text in rule.tests], [reading.feel(each.text, names) for each in rule.results])
        for rule in table.rules
    ]
    columns = [_column(reading, each, names) for each in table.outputs]

    def run(scope: Scope) -> object:
        spend(len(rules) + 1)
        values = [scope.inner({INPUT: coerce(value(scope), declared)}) for value, declared in inputs]
        hits = [
            _outputs(results, columns, scope)
            for tests, results in rules
            if all(test(value) is True for test, value in zip(tests, values, strict=False))
        ]
        return result_of(table, columns, hits, scope)

    return run


def _column(reading: Reading, clause: boxed.OutputClause, names: Names) -> Column:
    values = clause.values or reading.allowed_values(clause.type)
    ranking = None if values is None else reading.several(values, names)
    default = None if clause.default is None else reading.feel(clause.default.text, names)
    return Column(clause.name, reading.type(clause.type), ranking, default)


def _outputs(results: list[Compiled], columns: list[Column], scope: Scope) -> list[object]:
    return [coerce(result(scope), column.type) for result, column in zip(results, columns, strict=False)]
