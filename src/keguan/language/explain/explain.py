"""Why a decision came out as it did, from its table, the rows that counted and the values of its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from keguan.language.explain.explanation import Explanation, Line, Nearer, Scored
from keguan.language.explain.nearness import distance
from keguan.language.explain.outcomes import outcome_text, points_text
from keguan.language.explain.places import base_of
from keguan.language.explain.sentences import Told, hidden_value, sentence, test_text
from keguan.language.feel.typed import FieldRef, Literal, ParentRef
from keguan.language.feel.walk import walk
from keguan.language.link.outputs import NOTHING
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.lookup import input_item
from keguan.language.model.model import HitPolicy
from keguan.language.model.ranking import ranked
from keguan.language.model.values import show_value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from keguan.language.model.model import Decision, Model, Rule
    from keguan.language.model.values import Value


def explain(
    model: Model,
    decision_code: str,
    rule: int | str | None,
    inputs: Sequence[Value],
    language: str = "zh",
    *,
    on: date = date.max,
    hidden: Collection[int] = (),
) -> Explanation:
    """Explain one outcome.

    ``rule`` is what the decision's rule column holds: a row number, ``"1,3"`` for a table that collects, or None when
    no row held. ``on`` is the day whose parameters applied; ``hidden`` are the inputs (positions) whose values this
    reader may not see. Raises ``KeyError`` for an unknown decision.
    """
    decision = model.decisions[decision_code]
    reader = _Reader(model, decision, tuple(inputs), language, on, frozenset(hidden))
    numbers = tuple(int(number) for number in str(rule).split(",") if number.strip()) if rule is not None else ()
    chosen = tuple(each for each in decision.rules if each.number in numbers)
    lines = tuple(line for each in chosen for line in reader.lines(each))
    nearer = reader.nearer(chosen)
    outcome = outcome_text(decision, chosen, reader.values, language)
    scored = tuple(reader.scored(each) for each in chosen) if decision.scores else ()
    told = Told(
        decision,
        chosen,
        lines,
        nearer,
        outcome,
        reader.unseen(chosen),
        scored,
        reader.also(chosen, hidden=bool(hidden)),
    )
    only = chosen[0] if len(chosen) == 1 and not decision.hit.collects else None
    return Explanation(
        sentence=sentence(told, language),
        clause=only.clause if only is not None and only.clause is not None else decision.clause,
        rule=only.number if only is not None else None,
        rules=numbers,
        outcome=outcome,
        lines=lines,
        nearer=nearer,
        row=(only.row or only.number) if only is not None else None,
        exception_to=base_of(decision, only) if only is not None else None,
        scored=scored,
    )


@dataclass(frozen=True)
class _Reader:
    """One decision with the values of its inputs."""

    model: Model
    decision: Decision
    inputs: tuple[Value, ...]
    language: str
    on: date
    hidden: frozenset[int]

    @property
    def values(self) -> Values:
        """What the cells of the table read; of the record, what is an input column."""
        parameters = parameters_on(self.model.parameters, self.on)
        today = None if self.on == date.max else self.on
        record = {
            column.expression.key: value
            for column, value in zip(self.decision.inputs, self.inputs, strict=False)
            if isinstance(column.expression, FieldRef | ParentRef)
        }
        return Values(today=today, parameters=parameters, record=record, inputs=self.inputs)

    def unseen(self, chosen: Sequence[Rule]) -> int:
        """How many of the hidden inputs the rows that counted ask about."""
        return sum(any(index in self._asked(rule) for rule in chosen) for index in self.hidden)

    def _asked(self, rule: Rule) -> tuple[int, ...]:
        """The inputs that a row tests and, in a score, those that its points are worked out from."""
        read = {part for result in rule.results for part in walk(result)} if self.decision.scores else set()
        return tuple(
            index
            for index, (test, column) in enumerate(zip(rule.tests, self.decision.inputs, strict=True))
            if test is not None or column.expression in read
        )

    def scored(self, rule: Rule) -> Scored:
        """One line of a score."""
        seen = [index for index in self._asked(rule) if index not in self.hidden]
        values = self.values
        grounds = tuple(self._line(rule, index, values) for index in seen)
        points = points_text(self.decision, rule, values) if len(seen) == len(self._asked(rule)) else ""
        return Scored(rule.number, grounds, points)

    def also(self, chosen: Sequence[Rule], *, hidden: bool) -> tuple[Rule, ...]:
        """The rows beside the chosen one that held too, where that matters; not told to who may not see all inputs."""
        if hidden or self.decision.hit not in (HitPolicy.PRIORITY, HitPolicy.ANY):
            return ()
        values = self.values
        return tuple(rule for rule in self.decision.rules if rule not in chosen and _holds(rule, values))

    def lines(self, rule: Rule) -> tuple[Line, ...]:
        """Every input as a row looks at it."""
        values = self.values
        return tuple(self._line(rule, index, values) for index in range(len(self.decision.inputs)))

    def _line(self, rule: Rule, index: int, values: Values) -> Line:
        number = rule.row or rule.number
        if index in self.hidden:  # the test, being met, would tell the value
            return Line(number, self._label(index), hidden_value(self.language), NOTHING, met=True)
        test = rule.tests[index]
        met = test is None or evaluate(test, values) is True
        text = test_text(self.model, rule.cells[index], test, values, self.language)
        return Line(number, self._label(index), self._shown(index), text, met)

    def _label(self, index: int) -> str:
        item = input_item(self.model, self.decision, index)
        if item:
            return item.label.text(self.language)
        written = self.decision.inputs[index].label
        return f"“{written}”" if " " in written else written

    def _shown(self, index: int) -> str:
        item = input_item(self.model, self.decision, index)
        type_ = self.decision.inputs[index].expression.type
        return show_value(self.inputs[index], type_, item.kind if item else None, self.language)

    def nearer(self, chosen: Sequence[Rule]) -> Nearer | None:
        """The row that came closest to another outcome: above the chosen one where the first hit counts."""
        values = self.values
        results = set() if self.decision.hit.collects else {rule.results for rule in chosen}
        best = None
        for place, rule in enumerate(self._candidates(chosen)):
            if rule.results in results:
                continue
            missed = [
                index
                for index, test in enumerate(rule.tests)
                if test is not None and evaluate(test, values) is not True
            ]
            if not missed or any(rule.tests[index] is not None for index in self.hidden):
                continue  # neither "nearly 8,000,000" nor "all but the card" may tell what a reader may not see
            far = max(distance(rule.tests[index], index, values) for index in missed)
            rank = (len(missed), far, -place)
            if best is None or rank < best[0]:
                best = (rank, rule, missed)
        if best is None:
            return None
        _, rule, missed = best
        lines = tuple(self._line(rule, index, values) for index in missed)
        outcome = outcome_text(self.decision, (rule,), values, self.language)
        return Nearer(rule.row or rule.number, outcome, lines, rule.clause)

    def _candidates(self, chosen: Sequence[Rule]) -> Sequence[Rule]:
        """Rows that would have given something else: those before the chosen one where the order counts, and of a
        score those that would have added to it.
        """
        rules = self.decision.rules
        if self.decision.hit is HitPolicy.PRIORITY:
            rules = ranked(self.decision)
        if self.decision.hit in (HitPolicy.FIRST, HitPolicy.PRIORITY) and chosen:
            return rules[: rules.index(chosen[0])]
        if self.decision.scores:
            taken = {index for rule in chosen for index in self._asked(rule)}
            left = [rule for rule in rules if rule not in chosen and _adds(rule)]
            return [rule for rule in left if not taken.intersection(self._asked(rule))]
        return [rule for rule in rules if rule not in chosen]


def _holds(rule: Rule, values: Values) -> bool:
    return all(test is None or evaluate(test, values) is True for test in rule.tests)


def _adds(rule: Rule) -> bool:
    """Whether the points of a row are a figure above zero, so that one can tell that they were missed."""
    result = rule.results[0]
    return isinstance(result, Literal) and isinstance(result.value, int) and result.value > 0
