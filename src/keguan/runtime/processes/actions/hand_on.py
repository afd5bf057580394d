"""转办: one's part in a step becomes somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.acting import CaseAction, Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import TaskMove
from keguan.runtime.processes.choosing import chosen, refuse_barred, refuse_handling, several, wrong
from keguan.runtime.processes.models import CaseState, Share, ShareKind, ShareState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import Holder
from keguan.runtime.processes.seating import add_share
from keguan.runtime.processes.standing import PENDING, held_by_share, moved

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class HandOn(TaskMove):
    """Hand one's open share of a step on to another person, who is told. The step's clock goes on as it was.

    ``for_id`` of the new share stays with whoever had it first, so that 分离 holds for them as well.
    """

    name: ClassVar[str] = "cases.transfer"
    staff_id: int
    opinion: str = ""

    def check(self) -> None:
        """Refuse oneself, whoever has it or a part in the step already, is barred, left, or may not see the class."""
        standing, task = self.held
        share = self.share
        several([self.staff_id], self.viewer.staff_id)
        card = chosen(standing, self.staff_id)
        if share.staff_id == self.staff_id:
            sentence = _("这一步已经在%(name)s手上，不用转。") % {"name": card.name}
            raise wrong("cases.has_it", "staff_id", sentence)
        refuse_barred(standing, task, card)
        refuse_handling(standing, task, card, but=share)

    def do(self) -> Moved:
        """Another share stands in the place of this one, with all that was asked for it."""
        standing, task = self.held
        first = self.share.for_id or self.share.staff_id or self.stead or self.viewer.staff_id
        return _handed_on(standing, task, self.share, self, first, for_id=self.stead)


@dataclass(frozen=True, kw_only=True)
class HandOnLeavers(CaseAction[Moved]):
    """Hand the share of somebody who leaves on to a successor, who is told: done by whoever may take people out of the
    house (办理离职), who need not see the case. 分离 and 回避 hold as ever.
    """

    name: ClassVar[str] = "cases.transfer_leavers"
    share_id: int
    from_staff_id: int
    staff_id: int
    opinion: str = ""

    def check(self) -> None:
        """Refuse without the operation, what is not the leaver's any more, and whoever may not have it."""
        if not may(self.viewer, "offboard"):
            raise Refused("cases.not_permitted", _("您的岗位不能移交离职人员的案件。"))
        standing, task, share = self._held
        if share.state not in PENDING or share.staff_id != self.from_staff_id or standing.case.state != CaseState.OPEN:
            raise Refused("cases.gone_on", _("没有转办：这一步已经不在离职人员手上。请看最新情况。"))
        card = chosen(standing, self.staff_id)
        if share.staff_id == self.staff_id:
            raise wrong("cases.has_it", "staff_id", _("这一步已经在%(name)s手上，不用转。") % {"name": card.name})
        refuse_barred(standing, task, card)
        refuse_handling(standing, task, card, but=share)

    def do(self) -> Moved:
        """As if they had handed it on themselves."""
        standing, task, share = self._held
        return _handed_on(standing, task, share, self, share.for_id or share.staff_id)

    @cached_property
    def _held(self) -> tuple[Standing, Task, Share]:
        standing, task, share = held_by_share(self.share_id)
        standing.happened.by = self.viewer.name
        return self.follow(standing), task, share


def _handed_on(
    standing: Standing,
    task: Task,
    share: Share,
    by: HandOn | HandOnLeavers,
    first: int | None,
    for_id: int | None = None,
) -> Moved:
    state = ShareState(share.state)
    share.state = ShareState.HANDED_ON
    share.save(update_fields=["state"])
    made = add_share(
        standing,
        task,
        ShareKind(share.kind),
        Holder(by.staff_id, share.role, share.seat_id),
        state=state,
        place=share.place,
        asked_by=share.asked_by,
        for_id=None if first == by.staff_id else first,
        returned=share.returned,
        told_as="cases.handed_on",
    )
    _follow(standing, share, made)
    data = {"share": made.pk, "from": share.pk}
    moved(
        standing,
        MoveKind.TRANSFER,
        by.viewer,
        task,
        opinion=by.opinion.strip(),
        to=by.staff_id,
        data=data,
        for_id=for_id,
    )
    return outcome_of_move(standing)


def _follow(standing: Standing, share: Share, made: Share) -> None:
    """Whoever was added or asked for the old share is there for the new one."""
    asked = [each for each in standing.shares if each.asked_by_id == share.pk and each.state in PENDING]
    for each in asked:
        each.asked_by = made
        each.save(update_fields=["asked_by"])
