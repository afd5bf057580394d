"""待办: what somebody has to do — steps of cases and duties, soonest due first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.rehearsal.judging.comparing import holds, is_at, unlike, when_words
from keguan.rehearsal.stored import row
from keguan.rehearsal.waiting import waiting_duties, waiting_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from keguan.language.testing.result import Failure
    from keguan.language.testing.staged.expectations import Todo, TodosExpected
    from keguan.rehearsal.scene import Scene
    from keguan.rehearsal.stored import Row


@dataclass(frozen=True, slots=True)
class There:
    """One thing that somebody has to do: a step of a case, or a duty."""

    label: str
    due: datetime | None
    late: bool
    record: tuple[str, int]
    number: str
    step: tuple[str, str] | None
    duty: tuple[str, int] | None


def todos(expected: TodosExpected, scene: Scene) -> Iterator[Failure]:
    """Everything that waits for somebody. Raises ``Problem``."""
    found = [_step(scene, row("processes.Task", each)) for each in waiting_tasks(scene, expected.person)]
    found += [_duty(row("duties.Duty", each)) for each in waiting_duties(scene, expected.person)]
    found.sort(key=lambda each: (each.due is None, each.due))
    judge = _Judge(scene)
    if holds(expected.manner, expected.todos, found, judge.fits):
        return
    told = ([judge.wanted(each) for each in expected.todos], [judge.there(each) for each in found])
    given = scene.words.say(f"{expected.person}的待办", f"What {expected.person} has to do")
    yield from unlike(expected.span, given, expected.manner, told, scene.words)


def _step(scene: Scene, task: Row) -> There:
    case = row("processes.Case", task["case_id"])
    label = scene.step(case["process"], task["step"]).label.text(scene.words.language)
    about = (case["record_type"], case["record_id"])
    return There(label, task["due_at"], task["late"], about, case["number"], (case["process"], task["step"]), None)


def _duty(duty: Row) -> There:
    about = (duty["record_type"], duty["record_id"])
    return There(duty["task"], duty["due_at"], duty["late"], about, "", None, (duty["duty"], duty["row"]))


class _Judge:
    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def fits(self, wanted: Todo, there: There) -> bool:
        """Whether this is what is wanted, as far as it is written."""
        return (
            self._named(wanted, there)
            and (wanted.due is None or is_at(there.due, wanted.due))
            and (wanted.late is None or wanted.late == there.late)
            and (wanted.number is None or wanted.number == there.number)
            and (wanted.record is None or self._about(wanted) == there.record)
        )

    def _named(self, wanted: Todo, there: There) -> bool:
        if not wanted.step and wanted.duty is None:
            return True
        if there.step is not None:
            return there.step in wanted.step
        duty = wanted.duty
        return (
            duty is not None
            and there.duty is not None
            and there.duty[0] == duty.duty
            and (duty.row in (None, there.duty[1]))
        )

    def _about(self, wanted: Todo) -> tuple[str, int] | None:
        ref = wanted.record
        return None if ref is None else (ref.record_type, self._scene.record(ref).id)

    def wanted(self, todo: Todo) -> str:
        """What is wanted, in words."""
        parts = [self._label(todo)]
        if todo.record is not None:
            parts.append(todo.record.title)
        if todo.number is not None:
            parts.append(todo.number)
        if todo.due is not None:
            parts.append(when_words(todo.due))
        if todo.late is not None:
            parts.append(self._late(late=todo.late))
        return " ".join(part for part in parts if part)

    def there(self, there: There) -> str:
        """What is there, in words."""
        parts = [there.label, self._scene.title(*there.record), there.number, self._scene.words.moment(there.due)]
        return " ".join(part for part in (*parts, self._late(late=True) if there.late else "") if part)

    def _late(self, *, late: bool) -> str:
        say = self._scene.words.say
        return say("逾期", "late") if late else say("未逾期", "not late")

    def _label(self, todo: Todo) -> str:
        if todo.duty is not None:
            return todo.duty.label
        for process, step in todo.step:
            return self._scene.step(process, step).label.text(self._scene.words.language)
        return ""
