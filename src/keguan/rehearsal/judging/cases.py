"""案件: where a case stands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from keguan.language.model.values import show_value
from keguan.language.testing.result import Failure
from keguan.language.testing.staged.scenario import RecordRef
from keguan.language.testing.staged.words import CASE_STATES
from keguan.rehearsal.judging.comparing import is_at, when_words
from keguan.rehearsal.missing import Missing
from keguan.rehearsal.stored import Row, rows
from keguan.rehearsal.waiting import able
from keguan.runtime.access.form_sight import open_form_value
from keguan.runtime.access.sealed_values import from_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from keguan.language.model.form import FormField
    from keguan.language.model.values import Value
    from keguan.language.testing.staged.expectations import CaseExpected, CasesCounted, CaseState
    from keguan.rehearsal.scene import Scene

OPEN, DONE, PASSED = "open", "done", "passed"


def cases_counted(expected: CasesCounted, scene: Scene) -> Iterator[Failure]:
    """How many cases of a process there are."""
    words, process = scene.words, scene.process(expected.process)
    got = len(rows("processes.Case", process=expected.process))
    if got != expected.count:
        given = words.given(words.say(f"{process.label.zh}的案件数", f"Cases of {process.label.en}"))
        clause = process.clause.number
        yield Failure(expected.span, given, str(expected.count), str(got), clause, "", words.language)


def case(expected: CaseExpected, scene: Scene) -> Iterator[Failure]:
    """Where one case stands. Raises ``Missing`` and ``Problem``."""
    if not expected.exists:
        found = scene.cases(expected.case)
        if found:
            say = scene.words.say
            got = say(f"{len(found)}个", str(len(found)))
            raise Missing(
                say(f"没有案件（{scene.told(expected.case)}）", f"no case ({scene.told(expected.case)})"), got
            )
        return
    row = scene.case(expected.case)
    yield from _Case(expected, scene, row).failures()


class _Case:
    """One case and what is expected of it."""

    def __init__(self, expected: CaseExpected, scene: Scene, row: Row) -> None:
        self._expected, self._scene, self._row, self._words = expected, scene, row, scene.words
        self._process = scene.process(row["process"])
        tasks = rows("processes.Task", case_id=row["id"])
        self._tasks = [task for task in tasks if task["state"] != PASSED]

    def failures(self) -> Iterator[Failure]:
        """Every part that is written, in order."""
        yield from self._as_a_whole()
        yield from self._times()
        yield from self._at_steps()
        yield from self._values()

    def _as_a_whole(self) -> Iterator[Failure]:
        expected, row, say = self._expected, self._row, self._words.say
        if expected.state is not None:
            yield from self._same("state", say("状态", "state"), self._state(expected.state), self._state(row["state"]))
        if expected.number is not None:
            yield from self._same("number", say("编号", "number"), expected.number, row["number"] or say("无", "none"))
        if expected.round is not None:
            yield from self._same("round", say("轮次", "round"), str(expected.round), str(row["round"]))
        for part, label, wanted, got in (
            ("late", say("逾期", "late"), expected.late, row["late"]),
            ("paused", say("暂停", "paused"), expected.paused, row["paused_at"] is not None),
        ):
            if wanted is not None:
                yield from self._same(part, label, self._words.yes(wanted), self._words.yes(got))
        if expected.steps is not None:
            standing = [task["step"] for task in self._tasks if task["state"] in (OPEN, "waiting")]
            yield from self._sets("steps", say("步骤", "steps"), expected.steps, standing)
        if expected.late_steps is not None:
            late = [task["step"] for task in self._newest().values() if task["late"]]
            yield from self._sets("late_steps", say("逾期的步骤", "steps late"), expected.late_steps, late)

    def _times(self) -> Iterator[Failure]:
        expected, say, moment = self._expected, self._words.say, self._words.moment
        label = say("到期", "due")
        if expected.no_due and self._row["due_at"] is not None:
            yield from self._same("due", label, moment(None), moment(self._row["due_at"]))
        if expected.due is not None and not is_at(self._row["due_at"], expected.due):
            yield from self._same("due", label, when_words(expected.due), moment(self._row["due_at"]))
        for step, when in (expected.steps_due or {}).items():
            at = self._newest().get(step, {}).get("due_at")
            if not is_at(at, when):
                what = f"{self._label(step)}{say('到期', ' due')}"
                yield from self._same("steps_due", what, when_words(when), moment(at))

    def _at_steps(self) -> Iterator[Failure]:
        expected, say, newest = self._expected, self._words.say, self._newest()
        for step, count in (expected.turns or {}).items():
            got = sum(1 for task in self._tasks if task["step"] == step)
            yield from self._same("turns", f"{self._label(step)}{say('次数', ' turns')}", str(count), str(got))
        for step, outcome in (expected.outcomes or {}).items():
            done = [task["outcome"] for task in self._tasks if task["step"] == step and task["state"] == DONE]
            got_outcome = done[-1] if done else say("无", "none")
            yield from self._same("outcomes", f"{self._label(step)}{say('结论', ' outcome')}", outcome, got_outcome)
        for step, people in (expected.handlers or {}).items():
            task = newest.get(step)
            names = [] if task is None else self._handlers(task)
            yield from self._people("handlers", f"{self._label(step)}{say('办理人', ' handlers')}", people, names)
        for step, people in (expected.able or {}).items():
            task = newest.get(step)
            names = [] if task is None else able(self._scene, task)
            yield from self._people("able", f"{self._label(step)}{say('可办', ' may be acted on by')}", people, names)

    def _values(self) -> Iterator[Failure]:
        if not self._expected.values:
            return
        stored = {(row["form"], row["field"]): row for row in rows("processes.Value", case_id=self._row["id"])}
        for code, wanted in self._expected.values.items():
            form_code, _, field_code = code.partition(".")
            form = self._scene.model.blocks.forms[form_code]
            field = form.field(field_code)
            got = _read(stored.get((form_code, field_code)), field, form_code, self._row["id"])
            if isinstance(wanted, RecordRef):
                value: Value = self._scene.record(wanted).id
            elif isinstance(got, int) and isinstance(wanted, str):
                value, got = wanted, self._scene.company.name(got)
            else:
                value = wanted
            if value != got:
                shown = [show_value(each, field.type, field.kind, self._words.language) for each in (value, got)]
                label = field.label.text(self._words.language)
                yield from self._same("values", label, shown[0], shown[1], form.clause.number)

    def _handlers(self, task: Row) -> list[str]:
        """Who completed the step; while it is open, who has a share of it in hand."""
        shares = [each for each in rows("processes.Share", task_id=task["id"]) if each["kind"] != "copy"]
        if task["state"] == DONE:
            ids = [each["acted_by_id"] for each in shares if each["state"] == DONE]
        else:
            ids = [each["staff_id"] for each in shares if each["state"] in (OPEN, "waiting") and each["staff_id"]]
        return [self._scene.company.name(each) or self._words.say("系统", "system") for each in dict.fromkeys(ids)]

    def _newest(self) -> Mapping[str, Row]:
        """The last time that the case came to each step."""
        return {task["step"]: task for task in self._tasks}

    def _state(self, state: CaseState | str) -> str:
        return next(words[self._words.language != "zh"] for each, words in CASE_STATES.items() if each.value == state)

    def _label(self, step: str) -> str:
        return self._process.step(step).label.text(self._words.language)

    def _sets(self, part: str, label: str, wanted: Iterable[str], got: Iterable[str]) -> Iterator[Failure]:
        order = [step.code for step in self._process.steps]
        shown = [self._words.listed(map(self._label, sorted(each, key=order.index))) for each in (wanted, got)]
        yield from self._same(part, label, shown[0], shown[1])

    def _people(self, part: str, label: str, wanted: Iterable[str], got: Iterable[str]) -> Iterator[Failure]:
        shown = [self._words.listed(sorted(each)) for each in (wanted, got)]
        yield from self._same(part, label, shown[0], shown[1])

    def _same(self, part: str, label: str, wanted: str, got: str, clause: str = "") -> Iterator[Failure]:
        if wanted == got:
            return
        words = self._words
        name = self._row["number"] or self._process.label.text(words.language)
        given = words.given(words.say(f"案件“{name}”", f"Case “{name}”"))
        clause = clause or self._process.clause.number
        spans = self._expected.spans
        span = spans.get(part, spans["case"])
        yield Failure(span, given, f"{label} {wanted}", got, clause, "", words.language)


def _read(stored: Row | None, field: FormField, form: str, case_id: int) -> Value:
    """What stands in a field of a form; nothing where nothing was filled in."""
    if stored is None:
        return None
    if stored["sealed"] is not None:
        return from_text(field.type, open_form_value(form, field, case_id, bytes(stored["sealed"])))
    value: Value = None if stored["plain"] is None else json.loads(stored["plain"])
    return from_text(field.type, value) if isinstance(value, str) else value
