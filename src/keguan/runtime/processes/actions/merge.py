"""并案: one case goes into another of the same process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.processes import advancing, timing
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.copy import copied, latest, participants
from keguan.runtime.processes.actions.holding import WholeMove
from keguan.runtime.processes.barring import recused
from keguan.runtime.processes.choosing import concerned, holding, said
from keguan.runtime.processes.managing import manages
from keguan.runtime.processes.models import Case, CaseState, ShareKind
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import Holder, person
from keguan.runtime.processes.seating import add_share, in_sight
from keguan.runtime.processes.standing import Standing, moved, not_found, standing
from keguan.runtime.processes.telling import tell


@dataclass(frozen=True, kw_only=True)
class MergeCase(WholeMove):
    """Put a case into another open one of the same process, with the reason: by whoever handles or manages it.

    It is over; whoever had a part in it is told of the other one and may read it; that is due by the earlier of both.
    """

    name: ClassVar[str] = "cases.merge"
    into_case_id: int
    opinion: str

    def check(self) -> None:
        """Refuse itself, another process, one that is over, out of sight or within a case, others, and no reason."""
        if self.into_case_id == self.case_id:
            raise Refused("cases.itself", _("不能把案件并入它自己。"))
        ids = [self.case_id, self.into_case_id]
        list(Case.objects.select_for_update().filter(pk__in=ids).order_by("pk"))  # always in one order
        mine, into, own = self.held, self._into, self.viewer.staff_id
        if into.case.process != mine.case.process:
            raise Refused("cases.other_process", _("只能并入同一个流程的案件。"))
        if into.case.state != CaseState.OPEN:
            raise Refused("cases.into_closed", _("要并入的案件已经了结，不能并案。"))
        if mine.case.parent_task_id is not None:
            raise Refused("cases.belongs_merge", _("这是子流程的案件，不能并入别的案件。"))
        deputised = frozenset() if own is None else frozenset({own, *org.stands_in_for(own)})
        if own in recused(mine) | recused(into) or not (deputised & holding(mine) or manages(mine, self.viewer)):
            raise Refused("cases.not_handler", _("只有正在办理这个案件的人或部门负责人可以并案。"))
        said(self.opinion)

    def do(self) -> Moved:
        """The one is over, the other knows of it."""
        mine, into = self.held, self._into
        told = concerned(mine, self.viewer.staff_id)
        advancing.close(mine, CaseState.MERGED)
        mine.case.merged_into = into.case
        words, due = self.opinion.strip(), mine.case.due_at
        if due is not None and (into.case.due_at is None or due < into.case.due_at):
            timing.set_case_due(into, due)
        people = self._copy(mine, into)
        moved(mine, MoveKind.MERGE, self.viewer, opinion=words, data={"into": into.case.pk})
        numbers: dict[str, object] = {"merged": mine.case.pk, "number": mine.case.number, "people": people}
        moved(into, MoveKind.MERGE, self.viewer, opinion=words, data=numbers)
        facts = {"into": into.case.number or f"#{into.case.pk}"}
        tell(mine, told, "cases.merged", f"merged:{into.case.pk}", facts=facts)
        return outcome_of_move(mine)

    def _copy(self, mine: Standing, into: Standing) -> list[int]:
        """Whoever had a part in the one may read the other, unless it is about them or theirs already."""
        known = participants(into) | copied(into) | holding(into) | recused(into)
        people = sorted((participants(mine) | copied(mine)) - known)
        people = [staff_id for staff_id in people if person(into, staff_id) is not None]
        for staff_id in people:
            add_share(into, latest(into), ShareKind.COPY, Holder(staff_id))
        return people

    @cached_property
    def _into(self) -> Standing:
        """The other case. Raises ``Refused`` (``cases.not_found``) when it is out of sight."""
        found = standing(self.into_case_id, happened=self.held.happened)
        if not in_sight(self.viewer, found):
            raise not_found()
        return found
