"""办理: complete one's share of a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from keguan.runtime.processes.acting import CaseAction, Moved, outcome_of_move
from keguan.runtime.processes.completing import Completion, Given, carry_out, judge
from keguan.runtime.processes.standing import held_by_task
from keguan.runtime.records.validation import Typed


@dataclass(frozen=True, kw_only=True)
class CompleteStep(CaseAction[Moved]):
    """Complete a step with an outcome, or one's part in it where several must act. ``version`` is the case's that the
    person saw; ``values`` are the form's as typed, by field code or ``form.field``; ``checked`` the checklist's items.

    Where the form has a field that decides where the case goes, ``outcome`` need not be given.
    """

    name: ClassVar[str] = "cases.complete"
    task_id: int
    version: int
    outcome: str = ""
    values: Mapping[str, Typed] = field(default_factory=dict)
    checked: Mapping[str, bool] = field(default_factory=dict)
    opinion: str = ""
    _made: list[Completion] = field(default_factory=list, init=False, repr=False, compare=False)

    def check(self) -> None:
        """Refuse whoever was overtaken, is not the one to act, or gave what cannot be taken."""
        standing, task = held_by_task(self.viewer, self.task_id, self.version)
        self.follow(standing)
        given = Given(self.outcome, self.values, self.checked, self.opinion)
        self._made.append(judge(standing, task, self.viewer, given))

    def do(self) -> Moved:
        """Write it down and take the case on."""
        made = self._made[-1]
        return outcome_of_move(made.standing, carry_out(made))
