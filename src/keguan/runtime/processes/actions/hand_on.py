"""转办: one's part in a step becomes somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import TaskMove
from keguan.runtime.processes.choosing import chosen, refuse_barred, refuse_handling, several, wrong
from keguan.runtime.processes.models import Share, ShareKind, ShareState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import Holder
from keguan.runtime.processes.seating import add_share
from keguan.runtime.processes.standing import PENDING, moved

if TYPE_CHECKING:
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
        share = self.share
        first = share.for_id or share.staff_id or self.stead or self.viewer.staff_id
        share.state = ShareState.HANDED_ON
        share.save(update_fields=["state"])
        made = add_share(
            standing,
            task,
            ShareKind(share.kind),
            Holder(self.staff_id, share.role, share.seat_id),
            place=share.place,
            asked_by=share.asked_by,
            for_id=None if first == self.staff_id else first,
            returned=share.returned,
            told_as="cases.handed_on",
        )
        _follow(standing, share, made)
        data = {"share": made.pk, "from": share.pk}
        words, to = self.opinion.strip(), self.staff_id
        moved(standing, MoveKind.TRANSFER, self.viewer, task, opinion=words, to=to, data=data, for_id=self.stead)
        return outcome_of_move(standing)


def _follow(standing: Standing, share: Share, made: Share) -> None:
    """Whoever was added or asked for the old share is there for the new one."""
    asked = [each for each in standing.shares if each.asked_by_id == share.pk and each.state in PENDING]
    for each in asked:
        each.asked_by = made
        each.save(update_fields=["asked_by"])
