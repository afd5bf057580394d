"""The rows of a decision table as nested ``if`` statements: what rows share is tested once, and a test whose answer
is known where it stands is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Operator
from keguan.language.run.expressions import alternatives

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Rule
    from keguan.language.run.expressions import Expressions
    from keguan.language.run.writer import Writer


@dataclass(frozen=True, slots=True)
class Row:
    """A rule and the conditions that are still to be tested for it."""

    conditions: tuple[Typed, ...]
    rule: Rule


def rows(rules: Iterable[Rule]) -> tuple[Row, ...]:
    """Each rule with its tests taken apart into single conditions."""
    return tuple(
        Row(
            tuple(dict.fromkeys(part for test in rule.tests if test is not None for part in conditions(test))),
            rule,
        )
        for rule in rules
    )


def conditions(test: Typed) -> list[Typed]:
    """The conditions that must all be true for ``test`` to be true."""
    return alternatives(test, Operator.AND)


class Rows:
    """Writes rows so that the first one that matches is answered."""

    def __init__(self, writer: Writer, expressions: Expressions, answer: Callable[[Rule], None]) -> None:
        self._writer = writer
        self._expressions = expressions
        self._answer = answer

    def write(self, todo: Sequence[Row], untrue: frozenset[Typed] = frozenset()) -> bool:
        """Write ``todo``, knowing that none of ``untrue`` is true. Returns whether every case has been answered."""
        todo = [row for row in todo if not untrue.intersection(row.conditions)]
        while todo:
            row = todo[0]
            if not row.conditions:
                self._answer(row.rule)
                return True
            condition, group = _group(todo)
            answered = self._single(row) if len(group) == 1 else self._nested(condition, group, untrue)
            todo = todo[len(group) :]
            if answered:
                untrue = untrue | {condition}
                todo = [row for row in todo if condition not in row.conditions]
        return False

    def _single(self, row: Row) -> bool:
        """Write one row. Returns whether what follows can count on its only condition not being true."""
        with self._writer.block(f"if {self._expressions.conjunction(row.conditions).text}:"):
            self._answer(row.rule)
        return len(row.conditions) == 1

    def _nested(self, condition: Typed, group: Sequence[Row], untrue: frozenset[Typed]) -> bool:
        """Write rows that share a condition. Returns whether they answer every case in which it is true."""
        inner = [Row(tuple(part for part in row.conditions if part != condition), row.rule) for row in group]
        with self._writer.block(f"if {self._expressions.truth(condition).text}:"):
            return self.write(inner, untrue)


def _group(todo: Sequence[Row]) -> tuple[Typed, Sequence[Row]]:
    """The condition of the first row that the most rows right after it share, and those rows."""
    best, longest = todo[0].conditions[0], 0
    for condition in todo[0].conditions:
        length = next((at for at, row in enumerate(todo) if condition not in row.conditions), len(todo))
        if length > longest:
            best, longest = condition, length
    return best, todo[:longest]
