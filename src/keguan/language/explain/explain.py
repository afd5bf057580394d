"""Why a decision came out as it did, from its table, the rows that counted and the values of its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from keguan.language.explain.explanation import Explanation, Line, Nearer
from keguan.language.explain.nearness import distance
from keguan.language.explain.sentences import hidden_value, outcome_text, sentence, test_text
from keguan.language.link.outputs import NOTHING
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.language.model.lookup import input_item
from keguan.language.model.model import HitPolicy
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

    ``rule`` is what the decision's rule column holds: a row number, ``"1,3"`` for a table that adds up, or None when
    no row held. ``on`` is the day whose parameters applied; ``hidden`` are the inputs (positions) whose values this
    reader may not see. Raises ``KeyError`` for an unknown decision.
    """
    decision = model.decisions[decision_code]
    reader = _Reader(model, decision, tuple(inputs), language, on, frozenset(hidden))
    numbers = tuple(int(number) for number in str(rule).split(",") if number.strip()) if rule else ()
    chosen = tuple(each for each in decision.rules if each.number in numbers)
    lines = tuple(line for each in chosen for line in reader.lines(each))
    nearer = reader.nearer(chosen)
    outcome = outcome_text(decision, chosen, reader.values, language)
    text = sentence(decision, chosen, lines, nearer, outcome, language, unseen=reader.unseen(chosen))
    single = numbers[0] if numbers and decision.hit is not HitPolicy.COLLECT_SUM else None
    return Explanation(text, decision.clause, single, numbers, outcome, lines, nearer)


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
        """What the cells of the table read."""
        parameters = parameters_on(self.model.parameters, self.on)
        today = None if self.on == date.max else self.on
        return Values(today=today, parameters=parameters, inputs=self.inputs)

    def unseen(self, chosen: Sequence[Rule]) -> int:
        """How many of the hidden inputs the rows that counted ask about."""
        return sum(any(rule.tests[index] is not None for rule in chosen) for index in self.hidden)

    def lines(self, rule: Rule) -> tuple[Line, ...]:
        """Every input as a row looks at it."""
        values = self.values
        return tuple(self._line(rule, index, values) for index in range(len(self.decision.inputs)))

    def _line(self, rule: Rule, index: int, values: Values) -> Line:
        if index in self.hidden:  # the test, being met, would tell the value
            return Line(rule.number, self._label(index), hidden_value(self.language), NOTHING, met=True)
        test = rule.tests[index]
        met = test is None or evaluate(test, values) is True
        text = test_text(self.model, rule.cells[index], test, values, self.language)
        return Line(rule.number, self._label(index), self._shown(index), text, met)

    def _label(self, index: int) -> str:
        item = input_item(self.model, self.decision, index)
        return item.label.text(self.language) if item else self.decision.inputs[index].label

    def _shown(self, index: int) -> str:
        item = input_item(self.model, self.decision, index)
        type_ = self.decision.inputs[index].expression.type
        return show_value(self.inputs[index], type_, item.kind if item else None, self.language)

    def nearer(self, chosen: Sequence[Rule]) -> Nearer | None:
        """The row that came closest to another outcome: above the chosen one where the first hit counts."""
        values = self.values
        results = {rule.results for rule in chosen}
        best = None
        for rule in self._candidates(chosen):
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
            rank = (len(missed), far, -rule.number)
            if best is None or rank < best[0]:
                best = (rank, rule, missed)
        if best is None:
            return None
        _, rule, missed = best
        lines = tuple(self._line(rule, index, values) for index in missed)
        return Nearer(rule.number, outcome_text(self.decision, (rule,), values, self.language), lines)

    def _candidates(self, chosen: Sequence[Rule]) -> Sequence[Rule]:
        if self.decision.hit is HitPolicy.FIRST and chosen:
            return [rule for rule in self.decision.rules if rule.number < chosen[0].number]
        return [rule for rule in self.decision.rules if rule not in chosen]
