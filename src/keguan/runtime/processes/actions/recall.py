"""撤回: whoever completed the last step takes that back while nobody has looked at what followed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import timing
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import WholeMove
from keguan.runtime.processes.branches import outer, within_fork
from keguan.runtime.processes.ending import end_task
from keguan.runtime.processes.models import Document, Move, Share, ShareKind, ShareState, TaskState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.parties import Holder
from keguan.runtime.processes.seating import add_share, candidates, open_turns
from keguan.runtime.processes.standing import ALIVE, SIGNING, moved
from keguan.runtime.processes.telling import tell

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing

_NOTHING = frozenset({MoveKind.COMMENT, MoveKind.URGE, MoveKind.COPY, MoveKind.REMIND, MoveKind.LATE})
"""Moves after which one may still take one's own back."""

_BY_ITSELF = frozenset({MoveKind.PAUSE, MoveKind.RESUME})


@dataclass(frozen=True, kw_only=True)
class Recall(WholeMove):
    """Take back what one completed last: the step, or one's part in it, is one's own again, with its old deadline.

    The forms keep what was filled in.
    """

    name: ClassVar[str] = "cases.recall"

    def check(self) -> None:
        """Refuse whoever did not complete the last step, and when what followed was read, begun or written already."""
        standing, task, _share = self._last
        for each in self._followed:
            if each.state == TaskState.WAITING:
                raise Refused("cases.sub_case_began", gettext_lazy("后面的子流程已经开始，不能撤回。"))
        if any(standing.step(each).process is not None for each in self._beside):
            raise Refused("cases.sub_case_ended", gettext_lazy("并行的子流程已经因为这一步结束，不能撤回。"))
        pending = [*self._following_shares, *(share for each in self._followed for share in standing.shares_of(each))]
        for share in pending:
            if share.kind != ShareKind.COPY and (share.read_at is not None or share.state == ShareState.DONE):
                raise Refused("cases.read_already", _("下一步的人已经看过或办过，不能撤回；可以请对方退回。"))
        if Document.objects.filter(task=task).exists():
            raise Refused("cases.document_written", _("这一步已经写出文件，不能撤回。"))

    def do(self) -> Moved:
        """What followed ends unread, and the step goes on where it was, with what went on side by side with it."""
        standing, task, share = self._last
        for each in self._followed:
            people = [candidates(standing, other) for other in standing.shares_of(each) if _waiting(other)]
            told = frozenset(staff_id for found in people for staff_id in found) - {self.viewer.staff_id}
            end_task(standing, each, TaskState.RETURNED)
            tell(standing, told, "cases.recalled", f"recalled:{each.pk}", each)
        for each in self._passed:
            each.state = TaskState.RETURNED
            each.save(update_fields=["state"])
        for each in self._beside:
            self._open_again(standing, each)
        self._open_again(standing, task)
        share.state = ShareState.HANDED_ON
        share.save(update_fields=["state"])
        for other in self._following_shares:
            other.state, other.opened_at = ShareState.WAITING, None
            other.save(update_fields=["state", "opened_at"])
        holder = Holder(share.staff_id or share.for_id or share.acted_by_id, share.role, share.seat_id)
        kind, above = ShareKind(share.kind), share.asked_by
        made = add_share(
            standing, task, kind, holder, place=share.place, asked_by=above, for_id=self._first(share, holder)
        )
        for other in standing.shares_of(task):
            if other.asked_by_id == share.pk:
                other.asked_by = made
                other.save(update_fields=["asked_by"])
        open_turns(standing, task)
        timing.settle(standing)
        data: dict[str, object] = {"share": made.pk, "from": share.pk, "ended": [each.pk for each in self._followed]}
        moved(standing, MoveKind.RECALL, self.viewer, task, data=data)
        return outcome_of_move(standing, [task])

    def _open_again(self, standing: Standing, task: Task) -> None:
        """The step as it stood before it was decided, with whoever else still had to act."""
        if task.state == TaskState.OPEN:
            return
        task.state, task.outcome, task.ended_at = TaskState.OPEN, "", None
        task.save(update_fields=["state", "outcome", "ended_at"])
        for share in standing.shares_of(task):
            if share.state == ShareState.CLOSED and share.kind != ShareKind.COPY:
                share.state = ShareState.WAITING if share.opened_at is None else ShareState.OPEN
                share.save(update_fields=["state"])
        timing.set_due(standing, task, task.due_at)

    @staticmethod
    def _first(share: Share, holder: Holder) -> int | None:
        """Whose it was before it was handed on; being acted on by a deputy is not that."""
        return None if share.for_id == holder.staff_id else share.for_id

    @cached_property
    def _last(self) -> tuple[Standing, Task, Share]:
        """The case, the step that the viewer completed last, and the share with which they did."""
        standing = self.held
        move = next((each for each in _moves(standing) if not _idle(each)), None)
        own = move is not None and move.by_id is not None and move.by_id == self.viewer.staff_id
        if move is None or not own or move.kind != MoveKind.COMPLETE or move.task_id is None:
            raise Refused(
                "cases.not_last", gettext_lazy("只有刚办完上一步的人可以撤回，并且之后没有别人办过这个案件。")
            )
        task = standing.task(move.task_id)
        share = next((each for each in standing.shares_of(task) if each.pk == move.data.get("share")), None)
        if share is None or share.state != ShareState.DONE or task.state not in (TaskState.DONE, TaskState.OPEN):
            raise Refused("cases.not_last", gettext_lazy("这一步已经撤回或退回过，不能再撤回。"))
        return standing, task, share

    @cached_property
    def _followed(self) -> list[Task]:
        """The steps that began because of it."""
        return [each for each in self._after() if each.state in ALIVE]

    @cached_property
    def _passed(self) -> list[Task]:
        """The steps that were passed over because of it."""
        return [each for each in self._after() if each.state == TaskState.PASSED]

    @cached_property
    def _beside(self) -> list[Task]:
        """The steps side by side with it that ended because it led back to before they parted."""
        standing, task, _share = self._last
        if task.state != TaskState.DONE:
            return []
        forks, branch = [], task.branch
        while branch:
            forks.append(branch)
            branch = outer(branch)
        ended = [
            each for each in standing.tasks if each.state == TaskState.CANCELLED and each.ended_at == task.ended_at
        ]
        return [each for each in ended if any(within_fork(each.branch, fork) for fork in forks)]

    @cached_property
    def _following_shares(self) -> list[Share]:
        """The shares of the same step that opened because of it."""
        standing, task, share = self._last
        if task.state != TaskState.OPEN or share.acted_at is None:
            return []
        return [
            each
            for each in standing.shares_of(task)
            if each.state == ShareState.OPEN
            and each.kind in SIGNING
            and each.opened_at is not None
            and each.opened_at >= share.acted_at
            and (each.place > share.place or each.asked_by_id == share.pk)
        ]

    def _after(self) -> list[Task]:
        standing, task, _share = self._last
        if task.state != TaskState.DONE or task.ended_at is None:
            return []
        opened = next(each for each in _moves(standing) if not _idle(each)).data.get("opened", [])
        later = [each for each in standing.tasks if each.pk > task.pk and each.began_at >= task.ended_at]
        return [each for each in later if each.step in opened or each.state == TaskState.PASSED]


def _moves(standing: Standing) -> list[Move]:
    """The last moves, latest first. One query, asked once."""
    if "moves" not in standing.cache:
        standing.cache["moves"] = list(Move.objects.filter(case_id=standing.case.pk).order_by("-id")[:50])
    found: list[Move] = standing.cache["moves"]
    return found


def _idle(move: Move) -> bool:
    return move.kind in _NOTHING or (move.kind in _BY_ITSELF and move.by_id is None)


def _waiting(share: Share) -> bool:
    return share.state == ShareState.OPEN and share.kind != ShareKind.COPY
