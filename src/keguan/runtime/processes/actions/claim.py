"""领取 and 放回: a role's share becomes one person's, and the role's again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.acting import CaseAction, Moved, outcome_of_move
from keguan.runtime.processes.models import Share, ShareState
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.seating import candidates, may_act
from keguan.runtime.processes.standing import SIGNING, held_by_task, moved

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Task
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class _ShareAction(CaseAction[Moved]):
    task_id: int
    version: int
    _held: list[tuple[Standing, Task, Share]] = field(default_factory=list, init=False, repr=False, compare=False)

    def _hold(self) -> tuple[Standing, Task, list[Share]]:
        standing, task = held_by_task(self.viewer, self.task_id, self.version)
        self.follow(standing)
        own = [share for share in standing.shares_of(task) if share.kind in SIGNING and share.role]
        return standing, task, [share for share in own if share.state == ShareState.OPEN]

    def _give(self, staff_id: int | None, kind: MoveKind) -> Moved:
        standing, task, share = self._held[-1]
        share.staff_id = staff_id
        share.save(update_fields=["staff_id"])
        moved(standing, kind, self.viewer, task, data={"share": share.pk})
        return outcome_of_move(standing)


@dataclass(frozen=True, kw_only=True)
class ClaimShare(_ShareAction):
    """Take a role's share of a step on oneself: nobody else acts on it then."""

    name: ClassVar[str] = "cases.claim"

    def check(self) -> None:
        """Refuse a step in which there is nothing to take, and whoever may not act on it themselves."""
        standing, task, shares = self._hold()
        free = [share for share in shares if share.staff_id is None]
        for share in free:
            if self.viewer.staff_id in candidates(standing, share):
                self._held.append((standing, task, share))
                return
        refusal = may_act(standing, free[0], self.viewer) if free else None
        raise refusal or Refused("cases.nothing_to_claim", _("这一步没有等人领取的事，可能已有人领取。"))

    def do(self) -> Moved:
        """It is theirs."""
        return self._give(self.viewer.staff_id, MoveKind.CLAIM)


@dataclass(frozen=True, kw_only=True)
class ReleaseShare(_ShareAction):
    """Give a share that one has taken back to its role."""

    name: ClassVar[str] = "cases.release"

    def check(self) -> None:
        """Refuse whoever has taken nothing."""
        standing, task, shares = self._hold()
        mine = [share for share in shares if share.staff_id is not None and share.staff_id == self.viewer.staff_id]
        if not mine:
            raise Refused("cases.nothing_to_release", _("这一步没有您领取的事，不用放回。"))
        self._held.append((standing, task, mine[0]))

    def do(self) -> Moved:
        """It is the role's again."""
        return self._give(None, MoveKind.RELEASE)
