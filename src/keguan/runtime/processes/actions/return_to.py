"""退回: back to a step that was done before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.processes import advancing
from keguan.runtime.processes.acting import Moved, outcome_of_move
from keguan.runtime.processes.actions.holding import TaskMove
from keguan.runtime.processes.choosing import said, wrong
from keguan.runtime.processes.moves import MoveKind
from keguan.runtime.processes.paths import steps_behind
from keguan.runtime.processes.standing import moved
from keguan.runtime.processes.straight import STRAIGHT, refuse_straight

if TYPE_CHECKING:
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class ReturnTo(TaskMove):
    """Send the case back to a step that was completed on the way to this one, with the reason.

    That step begins anew, with whoever handled it before; what runs side by side behind it ends. The forms keep what
    was filled in. ``straight`` (直达): done again with the same outcome, that step leads back to this one and to
    whoever sent it back, and what lies between is not done again.
    """

    name: ClassVar[str] = "cases.return"
    step: str
    opinion: str
    straight: bool = False

    def check(self) -> None:
        """Refuse whoever does not handle the step, no reason, a step that does not lie behind this one, and one from
        which nothing leads straight back.
        """
        standing, task = self.held
        self.share  # noqa: B018 - refuses whoever has none
        said(self.opinion)
        behind = steps_behind(standing, task)
        if self.step not in behind:
            raise wrong("cases.no_way_back", "step", _no_way(standing, behind))
        if self.straight:
            refuse_straight(standing, task, self.step)

    def do(self) -> Moved:
        """The step ends as sent back, the other begins."""
        standing, task = self.held
        share, stead = self.share, self.stead
        begun = advancing.send_back(standing, task, self.step, viewer=self.viewer)
        data: dict[str, object] = {"to_step": self.step, "share": share.pk, "opened": [each.step for each in begun]}
        if self.straight:
            data[STRAIGHT] = begun[0].pk
        moved(standing, MoveKind.RETURN, self.viewer, task, opinion=self.opinion.strip(), data=data, for_id=stead)
        return outcome_of_move(standing, begun)


def _no_way(standing: Standing, behind: tuple[str, ...]) -> str:
    labels = "、".join(standing.process.step(code).label.zh for code in behind)
    if not labels:
        return _("这一步之前没有办过的步骤，不能退回。")
    return _("只能退回这一步之前办过的步骤：%(labels)s。") % {"labels": labels}
