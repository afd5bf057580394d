"""Why a record is what it is: rule, clause and inputs as they were, in the words of the policy of that day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel.types import Staff
from keguan.runtime.access.disclosure import classes_of, disclosed_by
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.present import present_computed
from keguan.runtime.decisions.counted import Counted, counted
from keguan.runtime.decisions.cut_lines import CutLine, cut_lines
from keguan.runtime.decisions.input_kinds import kind_of
from keguan.runtime.decisions.present_values import values_now
from keguan.runtime.decisions.sight import found_at
from keguan.runtime.decisions.stored_history import Outcome, outcomes
from keguan.runtime.org import queries as org
from keguan.runtime.policies.language_door import Explanation, explain
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import ClauseRef, Label, Model, Policy
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.access.viewer import Place, Viewer
    from keguan.runtime.decisions.sight import Row
    from keguan.runtime.decisions.stored_history import Value


@dataclass(frozen=True, slots=True)
class InputLine:
    """One input as one row looks at it: its value then as this viewer may see it, the row's test (``-``: none) and
    whether that was met. ``now`` is its value today where that is another one, else None.
    """

    rule: int
    label: str
    value: Shown
    test: str
    met: bool
    now: Shown | None = None


@dataclass(frozen=True, slots=True)
class ScoredLine:
    """One line of a score: its row (0: the base), what was looked at, and its points with their sign (empty where they
    would tell what this viewer may not see).
    """

    row: int
    grounds: tuple[InputLine, ...]
    points: str


@dataclass(frozen=True, slots=True)
class NearerRule:
    """The row that came closest to another outcome: what it would have given, and what was missing. ``clause`` is where
    it stands.
    """

    row: int
    clause: ClauseRef
    outcome: str
    missed: tuple[tuple[str, str], ...]  # (label of the input, the test)


@dataclass(frozen=True, slots=True)
class Explained:
    """The newest outcome of a decision on a record, with its reason. Everything here is ready for the viewer.

    ``policy`` is the version that decided, which need not be the one in force; ``decided_on`` is the day whose
    parameters counted. ``counted`` are the rows that counted and ``clause`` is where they stand; ``scored`` are the
    lines of a scorecard, one for each row that gave points; ``cuts`` what quotas then made of the outcome.
    """

    decision: str
    label: Label
    clause: ClauseRef
    counted: Counted
    outcome: tuple[tuple[Label, Shown], ...]
    sentence: str
    lines: tuple[InputLine, ...]
    scored: tuple[ScoredLine, ...]
    nearer: NearerRule | None
    cuts: tuple[CutLine, ...]
    policy: Policy
    publication_id: int
    decided_at: datetime
    decided_on: date


def explanation(viewer: Viewer, record_type: str, record_id: int, decision: str) -> Explained | None:
    """Why the record has its outcome; None when it has never been decided.

    Four queries: the policy in force, the record's place, its newest outcome, and that outcome's policy; one more where
    a quota moved the record. Inputs of
    classes that the viewer may not see are left out of the sentence and hidden in the lines. Raises ``Refused`` as
    ``sight.place_of`` does.
    """
    model = current().model
    place, row = found_at(viewer, record_type, record_id, decision, model)
    newest = outcomes(decision, record_id, 1)
    return explained_of(viewer, place, newest[0], model, row) if newest else None


def explained_of(viewer: Viewer, place: Place, outcome: Outcome, in_force: Model, row: Row | None = None) -> Explained:
    """One row of the history, explained to a viewer who may see the decision at this place. No query.

    With the record's ``row``, the inputs that are no longer what they were are told as they are today too.
    """
    decision = outcome.decision
    values = _inputs(viewer, place, outcome, in_force, outcome.inputs)
    changed = _changed(viewer, place, outcome, in_force, row)
    hidden = [index for index, value in enumerate(values) if value.state == "hidden"]
    told = explain(
        outcome.model,
        decision.code,
        outcome.rule,
        _spoken(outcome),
        viewer.language,
        on=outcome.decided_on,
        hidden=hidden,
    )
    lines = _lines(told, values, changed)
    classes = disclosed_by(in_force, decision)
    shown = tuple(
        (output.label, present_computed(viewer, output.kind, output.type, value, classes, place, Exit.EXPLANATION))
        for output, value in zip(decision.outputs, outcome.after, strict=True)
    )
    return Explained(
        decision=decision.code,
        label=decision.label,
        clause=told.clause,
        counted=counted(outcome.model, decision, outcome.rule),
        outcome=shown,
        sentence=told.sentence,
        lines=lines,
        scored=_scored(told, lines),
        nearer=_nearer(told, decision.clause),
        cuts=cut_lines(viewer, place, outcome, in_force, row),
        policy=outcome.model.policies[decision.clause.pack],
        publication_id=outcome.publication_id,
        decided_at=outcome.decided_at,
        decided_on=outcome.decided_on,
    )


def _spoken(outcome: Outcome) -> tuple[Value | None, ...]:
    """The inputs, members of staff by their names: the language knows no numbers of people."""
    return tuple(
        org.name_of(value) if isinstance(column.expression.type, Staff) and isinstance(value, int) else value
        for column, value in zip(outcome.decision.inputs, outcome.inputs, strict=True)
    )


def _changed(
    viewer: Viewer, place: Place, outcome: Outcome, in_force: Model, row: Row | None
) -> tuple[Shown | None, ...]:
    """Every input as it is today where that differs from what it was; hidden where the viewer may not see it."""
    if row is None:
        return (None,) * len(outcome.inputs)
    now = values_now(row, outcome, in_force)
    shown = _inputs(viewer, place, outcome, in_force, tuple(value for _told, value in now))
    return tuple(
        each if told and value != was and each.state != "hidden" else None
        for each, (told, value), was in zip(shown, now, outcome.inputs, strict=True)
    )


def _inputs(
    viewer: Viewer, place: Place, outcome: Outcome, in_force: Model, inputs: Sequence[Value]
) -> tuple[Shown, ...]:
    """Every input as the viewer may see it: hidden unless they may see every class it gives away, empty or not."""
    model, record_type = outcome.model, outcome.decision.record_type
    found = []
    for column, value in zip(outcome.decision.inputs, inputs, strict=True):
        classes = classes_of(model, record_type, column.expression) | _by_now(in_force, record_type, column.expression)
        kind = kind_of(model, record_type, column.expression)
        found.append(present_computed(viewer, kind, column.expression.type, value, classes, place, Exit.EXPLANATION))
    return tuple(found)


def _by_now(in_force: Model, record_type: str, expression: Typed) -> frozenset[str]:
    """The classes that the policy in force gives to what the expression reads: they may be more secret than they were.
    None of them where the policy no longer has it.
    """
    try:
        return classes_of(in_force, record_type, expression)
    except KeyError:
        return frozenset()


def _lines(told: Explanation, values: tuple[Shown, ...], changed: tuple[Shown | None, ...]) -> tuple[InputLine, ...]:
    """The language gives every input of every row that counted, in order of the columns."""
    count = len(values)
    return tuple(
        InputLine(line.rule, line.label, values[index % count], line.test_text, line.met, changed[index % count])
        for index, line in enumerate(told.lines)
    )


def _scored(told: Explanation, lines: tuple[InputLine, ...]) -> tuple[ScoredLine, ...]:
    """The lines of a score, their grounds as they are shown to this viewer."""
    shown = {(line.rule, line.label): line for line in lines}
    return tuple(
        ScoredLine(each.rule, tuple(shown[line.rule, line.label] for line in each.grounds), each.points)
        for each in told.scored
    )


def _nearer(told: Explanation, base: ClauseRef) -> NearerRule | None:
    if told.nearer is None:
        return None
    missed = tuple((line.label, line.test_text) for line in told.nearer.missed)
    return NearerRule(told.nearer.rule, told.nearer.clause or base, told.nearer.outcome, missed)
