"""Tables in which every matching row has a part in the outcome, and those in which matching rows must agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Literal
from keguan.language.feel.types import Number
from keguan.language.model.model import HitPolicy
from keguan.language.model.ranking import ranked
from keguan.language.run.expressions import optional
from keguan.language.run.rules import rows
from keguan.language.run.writer import ADD, COMPARE, TERNARY, Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Decision, OutputColumn, Rule
    from keguan.language.run.expressions import Expressions
    from keguan.language.run.writer import Writer

SEPARATOR = "、"


class Collecting:
    """Writes a decision that looks at every row."""

    def __init__(self, decision: Decision, writer: Writer, expressions: Expressions) -> None:
        self._decision = decision
        self._writer = writer
        self._expressions = expressions
        self._names = [f"s{index}" for index in range(len(decision.outputs))]

    def collect(self) -> None:
        """Put every matching row's results together; ``hit`` collects the rows' numbers, each after a comma."""
        hit = self._decision.hit
        start = 0 if hit is HitPolicy.COLLECT_COUNT else None
        for name in self._names:
            self._writer.line(f"{name} = {start}")
        self._writer.line("hit = ''")
        in_order = not hit.ranks
        for row in rows(self._decision.rules):
            if not in_order:
                self._writer.line(f"m{row.rule.number} = False")
            if row.conditions:
                with self._writer.block(f"if {self._expressions.conjunction(row.conditions).text}:"):
                    self._hit(row.rule, in_order=in_order)
            else:
                self._hit(row.rule, in_order=in_order)
        for rule in () if in_order else filter(_gives, ranked(self._decision)):
            with self._writer.block(f"if m{rule.number}:"):
                self._add(rule)
        self._writer.line(f"return {tuple_of([*self._names, 'hit[1:] or None'])}")

    def agree(self) -> None:
        """The first matching row's results; nothing when another matching row has other results."""
        width = len(self._names)
        self._writer.line("hit = None")
        for name in self._names:
            self._writer.line(f"{name} = None")
        for row in rows(self._decision.rules):
            if row.conditions:
                with self._writer.block(f"if {self._expressions.conjunction(row.conditions).text}:"):
                    self._same(row.rule, width)
            else:
                self._same(row.rule, width)
        self._writer.line(f"return {tuple_of([*self._names, 'hit'])}")

    def _same(self, rule: Rule, width: int) -> None:
        values = tuple_of([optional(self._expressions.value(result)) for result in rule.results])
        names = tuple_of(self._names)
        with self._writer.block("if hit is None:"):
            self._writer.line(f"hit = {rule.number}")
            self._writer.line(f"{names} = {values}")
        with self._writer.block(f"elif {names} != {values}:"):
            self._writer.line(f"return {tuple_of(['None'] * (width + 1))}")

    def _hit(self, rule: Rule, *, in_order: bool) -> None:
        self._writer.line(f"hit += {f',{rule.number}'!r}")
        if in_order:
            self._add(rule)
        else:
            self._writer.line(f"m{rule.number} = True")

    def _add(self, rule: Rule) -> None:
        for name, output, result in zip(self._names, self._decision.outputs, rule.results, strict=True):
            if isinstance(result, Literal) and result.value is None:
                continue
            code = self._expressions.value(result)
            if code.guards:
                with self._writer.block(_when(code)):
                    self._put(name, output, code)
            else:
                self._put(name, output, code)

    def _put(self, name: str, output: OutputColumn, code: Code) -> None:
        """One result that is not null."""
        hit = self._decision.hit
        if hit is HitPolicy.COLLECT_COUNT:
            self._writer.line(f"{name} += {_one(output)}")
        elif hit in (HitPolicy.COLLECT_MIN, HitPolicy.COLLECT_MAX):
            better = "<" if hit is HitPolicy.COLLECT_MIN else ">"
            with self._writer.block(f"if {name} is None or {code.at(COMPARE + 1)} {better} {name}:"):
                self._writer.line(f"{name} = {code.text}")
        else:
            between = f"{name} + {SEPARATOR!r}" if hit.lists else name
            first = code.at(TERNARY + 1)
            self._writer.line(f"{name} = {first} if {name} is None else {between} + {code.at(ADD + 1)}")


def tuple_of(values: Iterable[str]) -> str:
    """The source of a tuple."""
    listed = [value if value.isidentifier() or value[0] in "'\"" else _bracketed(value) for value in values]
    return f"({', '.join(listed)}{',' if len(listed) == 1 else ''})"


def _bracketed(value: str) -> str:
    return f"({value})" if " if " in value else value


def _gives(rule: Rule) -> bool:
    """Whether any of the results may be other than null."""
    return not all(isinstance(result, Literal) and result.value is None for result in rule.results)


def _when(code: Code) -> str:
    return f"if {' and '.join(f'{guard} is not None' for guard in code.guards)}:"


def _one(output: OutputColumn) -> int:
    """What one row counts for, in units of the column's scale."""
    return 10**output.type.scale if isinstance(output.type, Number) else 1
