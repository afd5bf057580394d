"""Figures over child records: one loop per kind of children for all figures, with common filters tested once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, AggregateFunction, FieldRef, Operator, OuterRef, ParentRef
from keguan.language.feel.walk import is_outer, outer
from keguan.language.run.expressions import Expressions, alternatives, optional
from keguan.language.run.sharing import repeated
from keguan.language.run.writer import COMPARE, TERNARY, Code, Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.feel.typed import Typed

    Figure = tuple[tuple[Typed, ...], Aggregate]


class Loop:
    """Writes the loop over one kind of children; ``leaf`` gives the code of what is not a field of the child, and of
    the record's own fields and results.
    """

    def __init__(self, writer: Writer, leaf: Callable[[Typed], Code], aggregates: Sequence[Aggregate]) -> None:
        self._writer = writer
        self._outer = leaf
        self._aggregates = aggregates
        self._names: dict[Aggregate, str] = {}
        self._read: dict[OuterRef | ParentRef, Code] = {}
        trees = [tree for figure in aggregates for tree in (figure.where, figure.value) if tree is not None]
        filters = [part for tree in trees for part in alternatives(tree, Operator.AND)]
        self._expressions = Expressions(writer, self._leaf, repeated(filters, whole=False))

    def write(self) -> None:
        """Write the loop; afterwards the writer knows every figure."""
        key = (self._aggregates[0].child, self._aggregates[0].via)
        rows = self._writer.name("rows")
        self._writer.line(f"{rows} = children.get({key!r}, ())")
        looped = [figure for figure in self._aggregates if not self._whole(figure, rows)]
        for each in dict.fromkeys(each for figure in looped for each in outer(figure)):
            own = FieldRef(each.code, each.type) if isinstance(each, OuterRef) else replace(each, outer=False)
            self._read[each] = self._outer(own)
        for figure in looped:
            start = _STARTS.get(figure.function, "None")
            self._names[figure] = name = self._writer.name("n" if start == "0" else "a")
            self._writer.line(f"{name} = {start}")
        if looped:
            with self._writer.apart(), self._writer.block(f"for row in {rows}:"):
                self._figures([(_filters(figure), figure) for figure in looped])
        for figure in looped:
            name = self._names[figure]
            if figure.function is AggregateFunction.DISTINCT:
                self._writer.keep(figure, f"len({name})", nullable=False, stem="n")
            else:
                counts = figure.function is AggregateFunction.COUNT
                self._writer.learn(figure, Code(name, guards=() if counts else (name,)))

    def _whole(self, figure: Aggregate, rows: str) -> bool:
        """The number of all children needs no loop."""
        if figure.function is not AggregateFunction.COUNT or figure.where is not None:
            return False
        self._writer.keep(figure, f"len({rows})", nullable=False, stem="n")
        return True

    def _leaf(self, typed: Typed) -> Code:
        if is_outer(typed):
            return self._read[typed]
        if isinstance(typed, ParentRef):
            return self._writer.keep(typed, f"row.get({typed.key!r})", nullable=True, stem="p")
        if isinstance(typed, FieldRef):
            return self._writer.keep(typed, f"row.get({typed.code!r})", nullable=True, stem="c")
        return self._outer(typed)

    def _figures(self, figures: Sequence[Figure]) -> None:
        """Write the figures, the filter that most of them share first."""
        counts = Counter(part for filters, _ in figures for part in filters)
        for filters, figure in figures:
            if not filters:
                self._add(figure)
        if not counts:
            return
        condition, _ = counts.most_common(1)[0]
        with self._writer.block(f"if {self._expressions.conjunction([condition]).text}:"):
            self._figures(
                [
                    (tuple(part for part in filters if part != condition), figure)
                    for filters, figure in figures
                    if condition in filters
                ]
            )
        self._figures([(filters, figure) for filters, figure in figures if filters and condition not in filters])

    def _add(self, figure: Aggregate) -> None:
        name = self._names[figure]
        if figure.value is None:
            self._writer.line(f"{name} += 1")
            return
        code = self._expressions.value(figure.value)
        if figure.function in _QUANTIFIERS:
            self._decide(name, code, start=_QUANTIFIERS[figure.function])
            return
        test = " and ".join(f"{guard} is not None" for guard in code.guards)
        if figure.function is AggregateFunction.SUM:
            self._add_to(name, code, test)
            return
        if figure.function is AggregateFunction.DISTINCT:
            self._line_if(test, f"{name}.add({code.text})")
            return
        better = ">" if figure.function is AggregateFunction.MAX else "<"
        wins = f"({name} is None or {code.at(COMPARE + 1)} {better} {name})"
        with self._writer.block(f"if {test} and {wins}:" if test else f"if {wins}:"):
            self._writer.line(f"{name} = {code.text}")

    def _add_to(self, name: str, code: Code, test: str) -> None:
        text = f"{name} = {code.at(TERNARY + 1)} if {name} is None else {name} + {code.at(COMPARE + 1)}"
        self._line_if(test, text)

    def _decide(self, name: str, code: Code, *, start: bool) -> None:
        """``some`` starts as false and ``every`` as true: the opposite settles it, null leaves it open."""
        word = "not " if start else ""
        if not code.nullable:
            with self._writer.block(f"if {word}{code.at(COMPARE)}:"):
                self._writer.line(f"{name} = {not start}")
            return
        value = self._writer.name("t")
        self._writer.line(f"{value} = {optional(code)}")
        with self._writer.block(f"if {value} is None:"), self._writer.block(f"if {name} is {start}:"):
            self._writer.line(f"{name} = None")
        with self._writer.block(f"elif {word}{value}:"):
            self._writer.line(f"{name} = {not start}")

    def _line_if(self, test: str, text: str) -> None:
        """A line that is skipped when what it reads is null."""
        if not test:
            self._writer.line(text)
            return
        with self._writer.block(f"if {test}:"):
            self._writer.line(text)


_STARTS = {
    AggregateFunction.COUNT: "0",
    AggregateFunction.DISTINCT: "set()",
    AggregateFunction.SOME: "False",
    AggregateFunction.EVERY: "True",
}
_QUANTIFIERS = {AggregateFunction.SOME: False, AggregateFunction.EVERY: True}
"""What each of them is over no children."""


def _filters(figure: Aggregate) -> tuple[Typed, ...]:
    if figure.where is None:
        return ()
    return tuple(dict.fromkeys(alternatives(figure.where, Operator.AND)))
