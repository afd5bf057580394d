"""重新办理: a case that is over goes on, in another round."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import advancing, timing
from keguan.runtime.processes.acting import CaseAction, Moved, outcome_of_move
from keguan.runtime.processes.actions.copy import participants
from keguan.runtime.processes.barring import recused
from keguan.runtime.processes.choosing import concerned, said, wrong
from keguan.runtime.processes.managing import manages
from keguan.runtime.processes.models import CaseState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.standing import Standing, held_closed, moved
from keguan.runtime.processes.telling import tell


@dataclass(frozen=True, kw_only=True)
class ReopenCase(CaseAction[Moved]):
    """Open a case again at one of its steps, with the reason and a new total deadline.

    By whoever started or handled it, or manages cases. The step goes to whoever handled it before.
    """

    name: ClassVar[str] = "cases.reopen"
    case_id: int
    version: int
    step: str
    opinion: str

    @cached_property
    def held(self) -> Standing:
        """The closed case. Raises ``Refused`` as ``standing.held_closed`` does."""
        standing = held_closed(self.viewer, self.case_id, self.version)
        standing.happened.by = self.viewer.name
        return self.follow(standing)

    def check(self) -> None:
        """Refuse others, whomever the case is about, one that went into another or belongs to one, and no reason."""
        standing = self.held
        own = self.viewer.staff_id
        took_part = own is not None and own in participants(standing) and own not in recused(standing)
        if not took_part and not manages(standing, self.viewer):
            raise Refused("cases.onlooker", gettext_lazy("只有发起、经办过这个案件的人或部门负责人可以重新办理。"))
        if standing.case.merged_into_id is not None:
            raise Refused("cases.merged_away", gettext_lazy("这个案件已经并入另一个，请到那个案件办理。"))
        if standing.case.parent_task_id is not None:
            raise Refused("cases.belongs", gettext_lazy("这是子流程的案件，请从主案件重新办理。"))
        said(self.opinion)
        if self.step not in self._steps:
            labels = "、".join(standing.process.step(code).label.zh for code in self._steps)
            sentence = _("只能从办过的步骤重新开始：%(labels)s。") % {"labels": labels}
            raise wrong("cases.no_way_back", "step", sentence)

    def do(self) -> Moved:
        """Another round begins, and the total runs anew."""
        standing, case = self.held, self.held.case
        before = case.state
        if case.closed_at is not None:
            case.idle += timing.working_seconds(case.closed_at, standing.now)
        case.state, case.closed_at, case.late, case.round = CaseState.OPEN, None, False, case.round + 1
        timing.start_case(standing)
        done = standing.last_done(self.step)
        branch = "" if done is None else done.branch
        begun = advancing.begin(standing, [self.step], branch, viewer=self.viewer, returned=True)
        data: dict[str, object] = {"state": before, "round": case.round, "opened": [task.step for task in begun]}
        moved(
            standing,
            MoveKind.REOPEN,
            self.viewer,
            begun[0] if begun else None,
            opinion=self.opinion.strip(),
            data=data,
        )
        people = concerned(standing, self.viewer.staff_id)
        tell(standing, people, "cases.reopened", f"reopened:{case.round}", begun[0] if begun else None)
        return outcome_of_move(standing, begun)

    @cached_property
    def _steps(self) -> tuple[str, ...]:
        """The steps that were completed, and the first one; in the order written."""
        steps = self.held.process.steps
        first = steps[0].code
        return tuple(step.code for step in steps if step.code == first or self.held.last_done(step.code) is not None)
