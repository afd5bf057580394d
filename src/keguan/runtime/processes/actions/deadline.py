"""改期限: a step or the whole case gets another deadline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.access.formatting import moment
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import timing
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import WholeMove
from keguan.runtime.processes.choosing import concerned, said, wrong
from keguan.runtime.processes.managing import require_managing
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.standing import moved, not_found
from keguan.runtime.processes.telling import tell

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.processes.models import Task


@dataclass(frozen=True, kw_only=True)
class ChangeDeadline(WholeMove):
    """Give one of the case's steps (``task_id``), or the whole case, another deadline, with the reason.

    Beyond the total that the policy gives the case only when that is said: ``beyond_total``.
    """

    name: ClassVar[str] = "cases.extend"
    due_at: datetime
    opinion: str
    task_id: int | None = None
    beyond_total: bool = False

    def check(self) -> None:
        """Refuse whoever does not manage the case, no reason, the past, standing clocks, and going beyond the total
        without saying so.
        """
        standing = self.held
        require_managing(standing, self.viewer)
        said(self.opinion)
        if self.due_at.tzinfo is None or self.due_at <= standing.now:
            raise wrong("cases.due_past", "due_at", _("新的期限要晚于现在。"))
        if standing.case.paused_at is not None:
            raise Refused("cases.paused_now", gettext_lazy("案件正暂停计时，请先恢复，再改期限。"))
        task = self._task
        total = standing.case.due_at
        if task is None and total is None and standing.process.total is None and not self.beyond_total:
            return
        if total is not None and self.due_at > total and not self.beyond_total:
            sentence = _("新的期限超过案件的总时限%(due)s。确有需要时，请确认“超过总时限”。") % {
                "due": moment(total, self.viewer.language)
            }
            raise wrong("cases.beyond_total", "due_at", sentence)

    def do(self) -> Moved:
        """The old one is kept with the move; everybody concerned is told."""
        standing, task = self.held, self._task
        before = standing.case.due_at if task is None else task.due_at
        beyond = standing.case.due_at is not None and self.due_at > standing.case.due_at
        if task is None:
            timing.set_case_due(standing, self.due_at)
        else:
            timing.set_due(standing, task, self.due_at)
        data: dict[str, object] = {"before": None if before is None else before.isoformat()}
        data |= {"after": self.due_at.isoformat(), "beyond_total": beyond}
        move = moved(standing, MoveKind.EXTEND, self.viewer, task, opinion=self.opinion.strip(), data=data)
        people = concerned(standing, self.viewer.staff_id)
        tell(standing, people, "cases.deadline_changed", f"deadline:{move.pk}", task)
        return outcome_of_move(standing)

    @property
    def _task(self) -> Task | None:
        """The step meant. Raises ``Refused`` for one of another case, or one that is over."""
        if self.task_id is None:
            return None
        for task in self.held.alive:
            if task.pk == self.task_id:
                return task
        if any(task.pk == self.task_id for task in self.held.tasks):
            raise Refused("cases.task_over", gettext_lazy("这一步已经办完，不用再办。"))
        raise not_found()
